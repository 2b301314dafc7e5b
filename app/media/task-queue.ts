// Lets a few tasks run at once; the others wait for their turn, or for being cancelled.

export class TaskQueue {
  readonly #most: number;
  readonly #waiting: (() => void)[] = [];
  #running = 0;

  /** @param most tasks that run at once */
  constructor(most: number) {
    this.#most = most;
  }

  /** Runs `task` when there is room. A signal that aborts while it waits rejects at once with the signal's reason. */
  async run<Value>(signal: AbortSignal, task: () => Promise<Value>): Promise<Value> {
    if (this.#running >= this.#most) await this.#turn(signal);
    else this.#running++;
    try {
      signal.throwIfAborted();
      return await task();
    } finally {
      this.#leave();
    }
  }

  /** Whoever is let in takes over the place of the one that left. */
  #leave(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#running--;
  }

  #turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(enter);
    });
  }
}
