// The audio thread: instantiates the engine over the shared memory, calls it once per quantum, copies what it made.
import { engineConstants, engineCounters } from '../app/protocol/engine-layout.ts';
import { type EngineProcessorOptions, engineProcessorName } from '../app/protocol/engine-processor.ts';

const { QUANTUM_FRAMES } = engineConstants;

interface Engine {
  /** Renders the next quantum into `output`. */
  readonly render: () => number;
  /** Address of QUANTUM_FRAMES samples of the left side, then as many of the right. */
  readonly output: number;
}

function instantiate({ module, memory, stack }: EngineProcessorOptions): Engine {
  const { exports } = new WebAssembly.Instance(module, {
    env: { memory, emscripten_notify_memory_growth: () => undefined },
    wasi_snapshot_preview1: { proc_exit: () => undefined },
  });
  (exports.stackRestore as (top: number) => void)(stack);
  const output = (exports.atome_audio_output as () => number)();
  return { render: exports.atome_audio_process as () => number, output };
}

class EngineProcessor extends AudioWorkletProcessor {
  readonly #render: () => number;
  readonly #words: Int32Array<ArrayBufferLike>;
  readonly #doubles: Float64Array<ArrayBufferLike>;
  readonly #generation: number;
  readonly #counters: number;
  #begun = false;
  /** Frames of the last quantum that are already out. */
  #used: number = QUANTUM_FRAMES;
  readonly #left: Float32Array<ArrayBufferLike>;
  readonly #right: Float32Array<ArrayBufferLike>;

  /** Makes all that `process` needs, which must not allocate. Views stay valid when a shared memory grows. */
  constructor({ processorOptions }: { processorOptions: EngineProcessorOptions }) {
    super();
    const { render, output } = instantiate(processorOptions);
    const { buffer } = processorOptions.memory;
    this.#render = render;
    this.#words = new Int32Array(buffer);
    this.#doubles = new Float64Array(buffer);
    this.#left = new Float32Array(buffer, output, QUANTUM_FRAMES);
    this.#right = new Float32Array(buffer, output + QUANTUM_FRAMES * 4, QUANTUM_FRAMES);
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
    if (this.#used === QUANTUM_FRAMES) {
      this.#render();
      this.#used = 0;
    }
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

  /** Tells the main thread how the context's clock and the master clock relate. */
  #begin(): void {
    this.#begun = true;
    const { masterFrame, contextOffset } = engineCounters.offsets;
    const low = (this.#counters + masterFrame) >> 2;
    // Only the node that may render writes it, so its halves belong together; a BigInt would be allocated.
    const rendered = ((this.#words[low] as number) >>> 0) + (this.#words[low + 1] as number) * 2 ** 32;
    this.#doubles[(this.#counters + contextOffset) >> 3] = currentFrame - rendered;
  }
}

registerProcessor(engineProcessorName, EngineProcessor);
