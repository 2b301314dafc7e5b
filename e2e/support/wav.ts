// WAV files of a test's own making, sample by sample.
import type { FileOfTest } from './files.ts';

export interface WavOptions {
  readonly sampleRate?: number;
  /** Default: 32-bit floats, which play back bit by bit as they are. */
  readonly bits?: 16 | 32;
}

/** A file of `frames` frames whose sample at a frame and channel is what `sampleAt` says. */
export function wavOf(
  name: string,
  channels: number,
  frames: number,
  sampleAt: (frame: number, channel: number) => number,
  { sampleRate = 48_000, bits = 32 }: WavOptions = {},
): FileOfTest {
  const width = bits / 8;
  const dataBytes = frames * channels * width;
  const bytes = Buffer.alloc(44 + dataBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(bits === 32 ? 3 : 1, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels * width, 28);
  bytes.writeUInt16LE(channels * width, 32);
  bytes.writeUInt16LE(bits, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  for (let frame = 0; frame < frames; frame++) {
    for (let channel = 0; channel < channels; channel++) {
      const at = 44 + (frame * channels + channel) * width;
      if (bits === 32) bytes.writeFloatLE(sampleAt(frame, channel), at);
      else bytes.writeInt16LE(Math.round(sampleAt(frame, channel) * 32_767), at);
    }
  }
  return { name, bytes };
}

/** Noise between -1/2 and 1/2 that never is zero, the same for the same seed, other in every channel. */
export function noise(name: string, frames: number, seed: number, options?: WavOptions): FileOfTest {
  let state = seed;
  const next = (): number => {
    // xorshift32 (Marsaglia, 2003): never zero.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const unit = (state >>> 0) / 2 ** 32 - 0.5;
    return unit === 0 ? 0.25 : unit;
  };
  return wavOf(name, 2, frames, next, options);
}

/** A sine of peak 1/2. */
export const sine = (name: string, frames: number, frequency: number): FileOfTest =>
  wavOf(name, 2, frames, (frame) => 0.5 * Math.sin((2 * Math.PI * frequency * frame) / 48_000));
