// The bare engine module under Node: one instance, its files filled from memory.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const modulePath = fileURLToPath(new URL('../../build/engine.wasm', import.meta.url));
const pageFrames = 16384;
const float32 = 4;

/** An engine whose files are all resident. @param {{ sampleRate: number, blocks: number, flags: number }} options */
export function createEngine({ sampleRate, blocks, flags }) {
  const memory = new WebAssembly.Memory({ initial: 64, maximum: 16384, shared: true });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(modulePath)), {
    env: { memory, emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: {
      proc_exit: (code) => {
        throw new Error(`the engine ended with ${code}`);
      },
    },
  });
  exports._initialize();
  check(exports.atome_audio_init(sampleRate, blocks, flags));
  const spec = exports.atome_audio_allocate(64);
  const bytes = exports.atome_audio_allocate(pageFrames * 2 * float32);

  return {
    exports,
    memory,
    /** Loads interleaved stereo float32. */
    addFile(file, rate, samples) {
      check(exports.atome_audio_load_file(file, 2, rate, samples.length / 2));
      exports.atome_pager_plan(bytes, 0);
      for (let page = 0; page * pageFrames * 2 < samples.length; page++) {
        const part = samples.subarray(page * pageFrames * 2, (page + 1) * pageFrames * 2);
        new Float32Array(memory.buffer, bytes, part.length).set(part);
        check(exports.atome_pager_fill(file, page, bytes, 4, part.length / 2));
      }
    },
    addClip({ clip, file, start = 0, frames, gain = 1, pan = 0 }) {
      const view = new DataView(memory.buffer, spec, 64);
      for (const [index, value] of [clip, 0, file, 0].entries()) view.setUint32(index * 4, value, true);
      for (const [index, value] of [start, 0, frames, 0, 0].entries()) view.setFloat64(16 + index * 8, value, true);
      view.setFloat32(56, gain, true);
      view.setFloat32(60, pan, true);
      check(exports.atome_audio_add_clip(spec));
    },
    counter(offset) {
      return new Uint32Array(memory.buffer)[(exports.atome_audio_counters() + offset) >> 2];
    },
    /** A copy of the next quantum: 128 left, then 128 right samples. */
    process() {
      return new Float32Array(memory.buffer, exports.atome_audio_process(), 256).slice();
    },
  };
}

/** Stereo noise, the same for the same seed. */
export function noise(frames, seed = 1) {
  const samples = new Float32Array(frames * 2);
  let state = seed;
  for (let index = 0; index < samples.length; index++) {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    samples[index] = state / 2 ** 32;
  }
  return samples;
}

export function check(status) {
  if (status < 0) throw new Error(`status ${status}`);
}
