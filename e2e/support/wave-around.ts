// WAV files around samples of any encoding.
import type { FileOfTest } from './files.ts';

interface Encoding {
  /** WAVE_FORMAT of the Multimedia Programming Interface. */
  readonly tag: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bytesPerSecond: number;
  readonly blockBytes: number;
  readonly bits: number;
  /** What the encoding adds to the format. */
  readonly more?: Uint8Array;
}

/** MPEGLAYER3WAVEFORMAT: id 1, no padding, blocks of 418 bytes with one frame each, delay 1393. */
const layer3 = new Uint8Array(new Uint16Array([12, 1, 0, 0, 418, 1, 1393]).buffer);

export const formatOfMp3: Encoding = {
  tag: 0x55,
  channels: 2,
  sampleRate: 44_100,
  bytesPerSecond: 16_000,
  blockBytes: 1,
  bits: 0,
  more: layer3,
};

export const formatOfALaw: Encoding = {
  tag: 6,
  channels: 1,
  sampleRate: 8000,
  bytesPerSecond: 8000,
  blockBytes: 1,
  bits: 8,
};

export function waveAround(name: string, format: Encoding, samples: Uint8Array): FileOfTest {
  const more = format.more ?? new Uint8Array();
  const head = Buffer.alloc(36 + more.length + 8);
  head.write('RIFF', 0, 'latin1');
  head.writeUInt32LE(head.length - 8 + samples.length, 4);
  head.write('WAVEfmt ', 8, 'latin1');
  head.writeUInt32LE(16 + more.length, 16);
  head.writeUInt16LE(format.tag, 20);
  head.writeUInt16LE(format.channels, 22);
  head.writeUInt32LE(format.sampleRate, 24);
  head.writeUInt32LE(format.bytesPerSecond, 28);
  head.writeUInt16LE(format.blockBytes, 32);
  head.writeUInt16LE(format.bits, 34);
  head.set(more, 36);
  head.write('data', 36 + more.length, 'latin1');
  head.writeUInt32LE(samples.length, 40 + more.length);
  return { name, bytes: Buffer.concat([head, samples]) };
}
