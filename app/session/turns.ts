// One piece of work after another, in the order of the calls; at once when nothing is under way.

export class Turns {
  readonly #waiting: (() => void)[] = [];
  #busy = false;

  /** Runs the work when its turn comes; the next turn begins when what it returns has settled. */
  run<Value>(work: () => Value | Promise<Value>): Value | Promise<Value> {
    if (this.#busy) {
      return new Promise((resolve, reject) => {
        this.#waiting.push(() => {
          this.#take(() => Promise.resolve(work())).then(resolve, reject);
        });
      });
    }
    const value = work();
    return value instanceof Promise ? this.#take(() => value) : value;
  }

  async #take<Value>(work: () => Promise<Value>): Promise<Value> {
    this.#busy = true;
    try {
      return await work();
    } finally {
      this.#busy = false;
      this.#waiting.shift()?.();
    }
  }
}
