// A state-variable filter that stays stable while its cutoff moves.
// Simper, "Solving the continuous SVF equations using trapezoidal integration and equivalent currents", 2013.
import type { StereoEffect } from './canvas.ts';
import { sampleRate } from './score.ts';

export type FilterKind = 'low' | 'band' | 'high';

export class Filter {
  readonly #kind: FilterKind;
  #damping = 1;
  #a1 = 0;
  #a2 = 0;
  #a3 = 0;
  /** The two integrators; an array, because number fields would allocate at every store. */
  readonly #state = new Float64Array(2);

  constructor(kind: FilterKind, cutoff: number, resonance = Math.SQRT1_2) {
    this.#kind = kind;
    this.tune(cutoff, resonance);
  }

  /** @param cutoff in Hz. @param resonance Q; 0.707 is flat. */
  tune(cutoff: number, resonance: number): void {
    const g = Math.tan((Math.PI * Math.min(cutoff, sampleRate * 0.45)) / sampleRate);
    this.#damping = 1 / resonance;
    this.#a1 = 1 / (1 + g * (g + this.#damping));
    this.#a2 = g * this.#a1;
    this.#a3 = g * this.#a2;
  }

  process(input: number): number {
    const state = this.#state;
    const first = state[0] ?? 0;
    const second = state[1] ?? 0;
    const v3 = input - second;
    const band = this.#a1 * first + this.#a2 * v3;
    const low = second + this.#a2 * first + this.#a3 * v3;
    state[0] = 2 * band - first;
    state[1] = 2 * low - second;
    switch (this.#kind) {
      case 'low':
        return low;
      case 'band':
        return band * this.#damping;
      case 'high':
        return input - this.#damping * band - low;
    }
  }
}

/** The same filter on both channels. */
export function stereoFilter(kind: FilterKind, cutoff: number, resonance?: number): StereoEffect {
  const filters = [new Filter(kind, cutoff, resonance), new Filter(kind, cutoff, resonance)] as const;
  return {
    process: (left, right) => {
      for (let frame = 0; frame < left.length; frame++) left[frame] = filters[0].process(left[frame] ?? 0);
      for (let frame = 0; frame < right.length; frame++) right[frame] = filters[1].process(right[frame] ?? 0);
    },
  };
}
