// Small WAV files with known samples, sound and broken ones.
import { type WavShape, wavFrameBytes, wavHeader } from '../wav-header.ts';

/** A WAV of `frames` frames whose 16-bit samples tell their frame and channel. */
export function wavFile(frames: number, channels = 2, sampleRate = 44_100): Uint8Array<ArrayBuffer> {
  const header = wavHeader({ format: 'I16', channels, sampleRate, frames });
  const bytes = new Uint8Array(header.byteLength + frames * channels * 2);
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.byteLength);
  for (let sample = 0; sample < frames * channels; sample++) view.setInt16(sample * 2, sampleOf(sample), true);
  return bytes;
}

/** Sample number `index` of `wavFile`, interleaved. */
export const sampleOf = (index: number): number => ((index * 7919) % 65_536) - 32_768;

/** A float32 WAV of the given interleaved samples. */
export function floatWavFile(samples: Float32Array, channels: number, sampleRate = 48_000): Uint8Array<ArrayBuffer> {
  const shape: WavShape = { format: 'F32', channels, sampleRate, frames: samples.length / channels };
  const header = wavHeader(shape);
  const bytes = new Uint8Array(header.byteLength + shape.frames * wavFrameBytes(shape));
  bytes.set(header);
  const view = new DataView(bytes.buffer, header.byteLength);
  samples.forEach((sample, index) => {
    view.setFloat32(index * 4, sample, true);
  });
  return bytes;
}

export const fileOf = (bytes: Uint8Array<ArrayBuffer>, name = 'sound.wav'): File => new File([bytes], name);

export async function sha256(bytes: BufferSource): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
