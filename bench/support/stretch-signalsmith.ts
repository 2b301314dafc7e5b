// Signalsmith Stretch from npm, with its default preset. The package holds an AudioWorkletProcessor only; what that finds
// in a worklet is given to it here, and the WASM inside it is driven as the library's documentation says.
import { type Channels, type LiveSubject, rate } from './stretch-subject.ts';

/** The part of the module's exports that is used. */
interface Signalsmith {
  readonly HEAP8?: Int8Array;
  readonly exports?: { readonly memory: WebAssembly.Memory };
  _presetDefault(channels: number, sampleRate: number): void;
  _reset(): void;
  _setTransposeSemitones(semitones: number, tonalityLimit: number): void;
  _setBuffers(channels: number, frames: number): number;
  _inputLatency(): number;
  _outputLatency(): number;
  _seek(frames: number, rate: number): void;
  _process(inputFrames: number, outputFrames: number): void;
}

/** The package's default: what lies above is not shifted by the same ratio. */
const tonalityHertz = 8000;
const room = 16_384;
const block = 1024;

type Processor = new (options: object) => { readonly wasmReady: boolean; readonly wasmModule: Signalsmith };
let processor: Promise<Processor> | undefined;

async function loadProcessor(): Promise<Processor> {
  const registered: Processor[] = [];
  Object.assign(globalThis, {
    sampleRate: rate,
    currentTime: 0,
    AudioWorkletProcessor: class {
      readonly port = { postMessage: () => undefined, onmessage: null };
    },
    registerProcessor: (_name: string, made: Processor) => registered.push(made),
  });
  await import(import.meta.resolve('signalsmith-stretch'));
  const [made] = registered;
  if (!made) throw new Error('signalsmith-stretch registered no processor');
  return made;
}

/** A fresh instance, with a memory of its own. */
async function instantiate(): Promise<Signalsmith> {
  processor ??= loadProcessor();
  const made = new (await processor)({ numberOfOutputs: 1, outputChannelCount: [2] });
  while (!made.wasmReady) await new Promise(setImmediate);
  return made.wasmModule;
}

export async function signalsmithSubject(): Promise<LiveSubject> {
  const module = await instantiate();
  const memory = (): ArrayBufferLike => (module.exports?.memory.buffer ?? module.HEAP8?.buffer) as ArrayBufferLike;
  let buffers = 0;
  const begin = (channels: number, semitones: number): void => {
    module._presetDefault(channels, rate);
    module._reset();
    module._setTransposeSemitones(semitones, tonalityHertz / rate);
    buffers = module._setBuffers(channels, room);
  };
  const view = (index: number, frames: number): Float32Array =>
    new Float32Array(memory(), buffers + 4 * room * index, frames);
  /** Frames from `at` on; silence follows the sound. */
  const put = (input: Channels, at: number, frames: number): void => {
    for (const [channel, samples] of input.entries()) {
      const target = view(channel, frames).fill(0);
      target.set(samples.subarray(at, at + frames));
    }
  };
  return {
    name: 'Signalsmith Stretch',
    bytes: () => memory().byteLength,
    stretch(input, { ratio, semitones }) {
      begin(input.length, semitones);
      const output = input.map((samples) => new Float32Array(Math.round(samples.length * ratio)));
      const frames = output[0]?.length ?? 0;
      const ahead = module._inputLatency();
      const late = module._outputLatency();
      put(input, 0, ahead);
      module._seek(ahead, 1 / ratio);
      for (let made = 0, given = ahead; made < frames + late; ) {
        const count = Math.min(block, frames + late - made);
        const wanted = ahead + Math.round((made + count) / ratio) - given;
        put(input, given, wanted);
        module._process(wanted, count);
        const dropped = Math.max(0, late - made);
        for (const [channel, samples] of output.entries())
          if (dropped < count)
            samples.set(view(input.length + channel, count).subarray(dropped), made + dropped - late);
        given += wanted;
        made += count;
      }
      return output;
    },
    stream(input, semitones, frames) {
      begin(input.length, semitones);
      const output: Float32Array[] = [];
      const micros: number[] = [];
      for (let at = 0; at + frames <= (input[0]?.length ?? 0); at += frames) {
        const begun = performance.now();
        put(input, at, frames);
        module._process(frames, frames);
        const first = view(input.length, frames).slice();
        micros.push(1000 * (performance.now() - begun));
        output.push(first);
      }
      return { output, micros };
    },
  };
}
