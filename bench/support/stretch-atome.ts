// Our stretcher behind the benchmark's interface, on the module's C ABI.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { instantiateStretch } from '../../app/stretch/stretch-module.ts';
import { stretchedBlocks } from '../../app/stretch/stretched-blocks.ts';
import { buildWasm } from '../../scripts/build-wasm.mjs';
import { type LiveSubject, rate } from './stretch-subject.ts';

export async function atomeSubject(): Promise<LiveSubject> {
  const folder = join(await buildWasm(), '..');
  const exports = instantiateStretch(new WebAssembly.Module(readFileSync(join(folder, 'stretch.wasm'))));
  return {
    name: 'Atome Flow',
    bytes: () => exports.memory.buffer.byteLength,
    stretch(input, setting) {
      const frames = input[0]?.length ?? 0;
      const output = input.map(() => new Float32Array(Math.round(frames * setting.ratio)));
      const sound = {
        channels: input.length,
        sampleRate: rate,
        frames,
        read: (channel: number, begin: number, samples: Float32Array): void =>
          samples.set((input[channel] as Float32Array).subarray(begin, begin + samples.length)),
      };
      let done = 0;
      for (const block of stretchedBlocks(exports, sound, setting)) {
        for (const [channel, samples] of block.entries()) output[channel]?.set(samples, done);
        done += block[0]?.length ?? 0;
      }
      return output;
    },
    stream(input, semitones, block) {
      const live = exports.atome_live_stretch_create(input.length, rate, block);
      const views = (address: number): Float32Array[] =>
        input.map((_, channel) => new Float32Array(exports.memory.buffer, address + 4 * channel * block, block));
      const from = views(exports.atome_live_stretch_input(live));
      const to = views(exports.atome_live_stretch_output(live));
      const output: Float32Array[] = [];
      const micros: number[] = [];
      const pitch = 2 ** (semitones / 12);
      for (let at = 0; at + block <= (input[0]?.length ?? 0); at += block) {
        const begun = performance.now();
        for (const [channel, samples] of input.entries()) from[channel]?.set(samples.subarray(at, at + block));
        const made = exports.atome_live_stretch_process(live, block, block, 1, pitch);
        const first = to[0]?.slice(0, made) ?? new Float32Array();
        micros.push(1000 * (performance.now() - begun));
        output.push(first);
      }
      exports.atome_live_stretch_destroy(live);
      return { output, micros };
    },
  };
}
