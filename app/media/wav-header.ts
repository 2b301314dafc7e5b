// The bytes in front of a WAV's samples; past 4 GiB they become RF64 (EBU Tech 3306).
import { assert } from '../core/assert.ts';

export type WavSampleFormat = 'I16' | 'I24' | 'F32';

export interface WavShape {
  readonly format: WavSampleFormat;
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
  /** Leaves room for RF64's sizes, so that the header has one length whatever `frames` turns out to be. */
  readonly growing?: boolean;
}

const sampleBytes: Readonly<Record<WavSampleFormat, number>> = { I16: 2, I24: 3, F32: 4 };
const formatTags: Readonly<Record<WavSampleFormat, number>> = { I16: 1, I24: 1, F32: 3 };
const extensibleTag = 0xfffe;
const subtypeTail = [0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
const unknownSize = 0xffffffff;
const longSizesBytes = 28;

/** Bytes of one frame. */
export const wavFrameBytes = ({ format, channels }: Pick<WavShape, 'format' | 'channels'>): number =>
  sampleBytes[format] * channels;

/**
 * The header of a WAV whose samples follow to its end; an odd number of sample bytes wants one zero byte after them.
 * Integers and floats of one and two channels are plain, more channels are WAVE_FORMAT_EXTENSIBLE without positions.
 */
export function wavHeader(shape: WavShape): Uint8Array<ArrayBuffer> {
  assert(shape.channels >= 1 && shape.channels <= 32, 'a WAV has 1 to 32 channels');
  const dataBytes = shape.frames * wavFrameBytes(shape);
  const fixed = fixedBytes(shape);
  const long = fixed + 8 + longSizesBytes + dataBytes + (dataBytes % 2) - 8 >= unknownSize;
  const reserved = long || shape.growing === true;
  const header = new ByteWriter(fixed + (reserved ? 8 + longSizesBytes : 0));
  const riffBytes = header.length - 8 + dataBytes + (dataBytes % 2);
  header
    .id(long ? 'RF64' : 'RIFF')
    .u32(long ? unknownSize : riffBytes)
    .id('WAVE');
  if (long) header.id('ds64').u32(longSizesBytes).u64(riffBytes).u64(dataBytes).u64(shape.frames).u32(0);
  else if (reserved) header.id('JUNK').u32(longSizesBytes).skip(longSizesBytes);
  writeFormat(header, shape);
  if (shape.format === 'F32') header.id('fact').u32(4).u32(Math.min(shape.frames, unknownSize));
  return header.id('data').u32(long ? unknownSize : dataBytes).bytes;
}

const formatBytes = ({ channels }: WavShape): number => (channels > 2 ? 40 : 16);
const fixedBytes = (shape: WavShape): number => 12 + 8 + formatBytes(shape) + (shape.format === 'F32' ? 12 : 0) + 8;

function writeFormat(header: ByteWriter, shape: WavShape): void {
  const { format, channels, sampleRate } = shape;
  const frameBytes = wavFrameBytes(shape);
  const bits = sampleBytes[format] * 8;
  const extensible = channels > 2;
  header.id('fmt ').u32(formatBytes(shape));
  header
    .u16(extensible ? extensibleTag : formatTags[format])
    .u16(channels)
    .u32(sampleRate);
  header
    .u32(Math.min(sampleRate * frameBytes, unknownSize))
    .u16(frameBytes)
    .u16(bits);
  if (!extensible) return;
  header.u16(22).u16(bits).u32(0).u16(formatTags[format]);
  for (const byte of subtypeTail) header.u8(byte);
}

/** Writes little-endian fields one after the other. */
class ByteWriter {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  get length(): number {
    return this.bytes.byteLength;
  }

  id(text: string): this {
    for (const character of text) this.u8(character.charCodeAt(0));
    return this;
  }

  u8(value: number): this {
    this.#view.setUint8(this.#at, value);
    return this.skip(1);
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    return this.skip(2);
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    return this.skip(4);
  }

  u64(value: number): this {
    this.#view.setBigUint64(this.#at, BigInt(value), true);
    return this.skip(8);
  }

  skip(bytes: number): this {
    this.#at += bytes;
    return this;
  }
}
