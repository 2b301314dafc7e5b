// A hybrid logical clock: wall time that never runs backwards and tells apart what happens in one millisecond.
// Kulkarni et al., "Logical Physical Clocks", 2014.

/** Milliseconds since 1970, then a counter within the millisecond. */
export interface HybridTime {
  readonly wall: number;
  readonly counter: number;
}

/** Negative when `a` is earlier. */
export const compareHybridTime = (a: HybridTime, b: HybridTime): number => a.wall - b.wall || a.counter - b.counter;

export class HybridClock {
  readonly #now: () => number;
  #last: HybridTime = { wall: 0, counter: 0 };

  /** @param now wall clock in milliseconds since 1970; it may jump. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A time later than every time given out or witnessed. */
  tick(): HybridTime {
    const wall = Math.floor(this.#now());
    const { wall: lastWall, counter } = this.#last;
    this.#last = wall > lastWall ? { wall, counter: 0 } : { wall: lastWall, counter: counter + 1 };
    return this.#last;
  }

  /** Moves the clock past a time that is in the log already. */
  witness(time: HybridTime): void {
    if (compareHybridTime(time, this.#last) > 0) this.#last = time;
  }
}
