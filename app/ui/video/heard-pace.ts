// How fast a place moves on: a machine that cannot render its sound in time plays it slower than the clock goes.

/** Seconds within which a new pace is taken over. */
const memory = 0.3;
/** Seconds: what moves further at a time has jumped. */
const jump = 0.3;
const fastest = 2;

export class HeardPace {
  #pace = 1;

  /** Seconds of the place per second of the clock. */
  get now(): number {
    return Math.min(fastest, Math.max(0, this.#pace));
  }

  /** @param moved seconds of the place @param passed seconds of the clock meanwhile */
  see(moved: number, passed: number): void {
    if (Math.abs(moved - passed) > jump) this.#pace = 1;
    else if (passed > 0) this.#pace += (1 - Math.exp(-passed / memory)) * (moved / passed - this.#pace);
  }

  forget(): void {
    this.#pace = 1;
  }
}
