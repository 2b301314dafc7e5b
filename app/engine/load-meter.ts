// The audio thread's load, from its counters of busy milliseconds and quanta.
import { engineConstants } from '../protocol/engine-layout.ts';
import type { Counters } from './engine-memory.ts';

/** Clock steps are 1 ms: over this many quanta their error is below 1 %. */
const shortestMeasure = 375;

export class LoadMeter {
  readonly #counters: Counters;
  readonly #quantumMilliseconds: number;
  #quanta: number;
  #busy: number;
  #load = 0;

  constructor(counters: Counters, sampleRate: number) {
    this.#counters = counters;
    this.#quantumMilliseconds = (engineConstants.QUANTUM_FRAMES / sampleRate) * 1000;
    this.#quanta = counters.read('quanta');
    this.#busy = counters.read('busyMilliseconds');
  }

  /** 0 to 1, over at least the last second of sound. */
  read(): number {
    const quanta = this.#counters.read('quanta');
    const rendered = (quanta - this.#quanta) >>> 0;
    if (rendered < shortestMeasure) return this.#load;
    const busy = this.#counters.read('busyMilliseconds');
    this.#load = Math.min(1, ((busy - this.#busy) >>> 0) / (rendered * this.#quantumMilliseconds));
    this.#quanta = quanta;
    this.#busy = busy;
    return this.#load;
  }
}
