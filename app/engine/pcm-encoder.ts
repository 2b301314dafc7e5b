// Turns planar float blocks into the interleaved bytes of a sound file, in an instance and memory of its own.

import { type SampleFormat, sampleFormats } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import { EngineMemory } from './engine-memory.ts';
import { createEngineMemory, type EngineExports, instantiateControl } from './engine-module.ts';
import { sampleBytes } from './pager.ts';

export type ExportSampleFormat = Extract<SampleFormat, 1 | 2 | 4>;
export const exportFormats = {
  I16: sampleFormats.I16,
  I24: sampleFormats.I24,
  F32: sampleFormats.F32,
} as const;

export class PcmEncoder {
  readonly #exports: EngineExports;
  readonly #memory: EngineMemory;
  readonly #format: ExportSampleFormat;
  readonly #floats: number;
  readonly #bytes: number;
  readonly #interleaved: Float32Array;

  /** @param largestBlock frames of the longest block */
  constructor(module: WebAssembly.Module, format: ExportSampleFormat, channels: number, largestBlock: number) {
    const memory = createEngineMemory();
    this.#exports = instantiateControl(module, memory);
    this.#memory = new EngineMemory(memory);
    this.#format = format;
    this.#interleaved = new Float32Array(largestBlock * channels);
    this.#floats = this.#exports.atome_audio_allocate(this.#interleaved.byteLength);
    this.#bytes = this.#exports.atome_audio_allocate(this.#interleaved.byteLength);
    if (this.#floats === 0 || this.#bytes === 0) throw new AtomeError('ERR_EXPORT', 'no memory');
  }

  /** Integers are rounded and clipped, without dither; floats stay as they are. The bytes are the caller's own. */
  encode(channels: readonly Float32Array[], frames: number): Uint8Array<ArrayBuffer> {
    const samples = frames * channels.length;
    for (const [index, channel] of channels.entries()) {
      for (let frame = 0; frame < frames; frame++) {
        this.#interleaved[frame * channels.length + index] = channel[frame] as number;
      }
    }
    this.#memory.floats(this.#floats, samples).set(this.#interleaved.subarray(0, samples));
    this.#exports.atome_media_from_float(this.#floats, this.#format, samples, this.#bytes);
    return new Uint8Array(this.#memory.bytes(this.#bytes, samples * sampleBytes(this.#format)));
  }
}
