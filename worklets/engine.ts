// The audio thread: instantiates the engine over the shared memory, calls it once per quantum, copies what it made.
import { engineConstants, engineCounters } from '../app/protocol/engine-layout.ts';
import { type EngineProcessorOptions, engineProcessorName } from '../app/protocol/engine-processor.ts';

const { QUANTUM_FRAMES } = engineConstants;

function instantiate({ module, memory, stack }: EngineProcessorOptions): () => number {
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory, emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: { proc_exit: () => undefined },
  });
  (exports.stackRestore as (top: number) => void)(stack);
  return exports.atome_audio_process as () => number;
}

class EngineProcessor extends AudioWorkletProcessor {
  readonly #render: () => number;
  readonly #memory: WebAssembly.Memory;
  readonly #words: Int32Array<ArrayBufferLike>;
  readonly #generation: number;
  readonly #counters: number;
  #begun = false;
  /** Frames of the last quantum that are already out. */
  #used: number = QUANTUM_FRAMES;
  #address = -1;
  #left = new Float32Array(QUANTUM_FRAMES) as Float32Array<ArrayBufferLike>;
  #right = this.#left;

  constructor({ processorOptions }: { processorOptions: EngineProcessorOptions }) {
    super();
    this.#render = instantiate(processorOptions);
    this.#memory = processorOptions.memory;
    this.#words = new Int32Array(this.#memory.buffer);
    this.#generation = processorOptions.generation;
    this.#counters = processorOptions.counters;
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const generation = (this.#counters + engineCounters.offsets.audioGeneration) >> 2;
    if (Atomics.load(this.#words, generation) !== this.#generation) return false;
    const left = outputs[0]?.[0];
    const right = outputs[0]?.[1];
    if (!left || !right) return true;
    if (!this.#begun) this.#begin();
    const started = Date.now();
    for (let frame = 0; frame < left.length; ) frame += this.#copy(left, right, frame);
    const busy = Date.now() - started;
    // Clock steps of 1 ms average out over many quanta.
    if (busy > 0) Atomics.add(this.#words, (this.#counters + engineCounters.offsets.busyMilliseconds) >> 2, busy);
    return true;
  }

  /** Copies from the last quantum, rendering the next one when it is used up; returns how many frames. */
  #copy(left: Float32Array, right: Float32Array, frame: number): number {
    if (this.#used === QUANTUM_FRAMES) this.#next();
    if (this.#used === 0 && left.length - frame >= QUANTUM_FRAMES) {
      left.set(this.#left, frame);
      right.set(this.#right, frame);
      this.#used = QUANTUM_FRAMES;
      return QUANTUM_FRAMES;
    }
    const count = Math.min(QUANTUM_FRAMES - this.#used, left.length - frame);
    for (let index = 0; index < count; index++) {
      left[frame + index] = this.#left[this.#used + index] as number;
      right[frame + index] = this.#right[this.#used + index] as number;
    }
    this.#used += count;
    return count;
  }

  #next(): void {
    const address = this.#render();
    this.#used = 0;
    if (address === this.#address) return;
    this.#address = address;
    // A shared memory that grows keeps its old buffers valid, so these are made once.
    this.#left = new Float32Array(this.#memory.buffer, address, QUANTUM_FRAMES);
    this.#right = new Float32Array(this.#memory.buffer, address + QUANTUM_FRAMES * 4, QUANTUM_FRAMES);
  }

  /** Tells the main thread how the context's clock and the master clock relate. */
  #begin(): void {
    this.#begun = true;
    const master = new BigInt64Array(this.#memory.buffer);
    const rendered = Number(Atomics.load(master, (this.#counters + engineCounters.offsets.masterFrame) >> 3));
    const offset = (this.#counters + engineCounters.offsets.contextOffset) >> 3;
    new Float64Array(this.#memory.buffer)[offset] = currentFrame - rendered;
  }
}

registerProcessor(engineProcessorName, EngineProcessor);
