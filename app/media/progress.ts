// Progress that tells the listener enough and no more: every change of stage, and ten fractions a second.
import type { ErrorReport } from '../protocol/errors.ts';
import type { ImportProgress } from './types.ts';

/** Milliseconds between two reports of one stage. */
const reportInterval = 100;

export class ProgressReporter {
  readonly #importId: string;
  readonly #name: string;
  readonly #listener: (progress: ImportProgress) => void;
  #stage: ImportProgress['stage'] = 'reading';
  #fraction = 0;
  #reportedAt = Number.NEGATIVE_INFINITY;

  constructor(importId: string, name: string, listener: (progress: ImportProgress) => void) {
    this.#importId = importId;
    this.#name = name;
    this.#listener = listener;
  }

  /** @param fraction of the whole import, 0 to 1; it never goes back */
  report(stage: ImportProgress['stage'], fraction: number, error?: ErrorReport): void {
    const now = performance.now();
    const sameStage = stage === this.#stage;
    this.#fraction = Math.max(this.#fraction, Math.min(1, fraction));
    if (sameStage && now - this.#reportedAt < reportInterval) return;
    this.#stage = stage;
    this.#reportedAt = now;
    const progress = { importId: this.#importId, name: this.#name, stage, fraction: this.#fraction };
    this.#listener(error ? { ...progress, error } : progress);
  }

  /** Where the import stands: what a failure reports. */
  get fraction(): number {
    return this.#fraction;
  }
}
