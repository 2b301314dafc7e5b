// Loads what painters miss: the newest wish first, few at a time; wishes that no frame repeats are forgotten.

interface Wish {
  readonly key: string;
  readonly load: () => Promise<void>;
  frame: number;
}

/** Wishes not repeated for so many frames are for something that has left the screen. */
const forgetAfterFrames = 2;

export class LoadQueue {
  readonly #limit: number;
  readonly #onLoaded: () => void;
  readonly #wishes = new Map<string, Wish>();
  readonly #running = new Set<string>();
  readonly #failed = new Set<string>();
  #frame = 0;

  /** @param limit loads at once. @param onLoaded something new is there: paint again. */
  constructor(limit: number, onLoaded: () => void) {
    this.#limit = limit;
    this.#onLoaded = onLoaded;
  }

  /** A new frame is about to be painted. */
  beginFrame(): void {
    this.#frame++;
    for (const wish of this.#wishes.values()) {
      if (this.#frame - wish.frame > forgetAfterFrames) this.#wishes.delete(wish.key);
    }
  }

  /** Asks for `load` once; what failed is not tried again until `retry`. */
  want(key: string, load: () => Promise<void>): void {
    if (this.#running.has(key) || this.#failed.has(key)) return;
    const wish = this.#wishes.get(key);
    if (wish) wish.frame = this.#frame;
    else this.#wishes.set(key, { key, load, frame: this.#frame });
    this.#start();
  }

  /** Gives failed loads another chance. */
  retry(): void {
    this.#failed.clear();
  }

  get pending(): number {
    return this.#wishes.size + this.#running.size;
  }

  #start(): void {
    while (this.#running.size < this.#limit) {
      const wish = this.#newest();
      if (!wish) return;
      this.#wishes.delete(wish.key);
      this.#running.add(wish.key);
      void this.#run(wish);
    }
  }

  #newest(): Wish | undefined {
    let newest: Wish | undefined;
    for (const wish of this.#wishes.values()) {
      if (!newest || wish.frame > newest.frame) newest = wish;
    }
    return newest;
  }

  async #run(wish: Wish): Promise<void> {
    try {
      await wish.load();
      this.#onLoaded();
    } catch {
      // The part that failed to read has told the person; here the waveform stays coarse or empty.
      this.#failed.add(wish.key);
    } finally {
      this.#running.delete(wish.key);
      this.#start();
    }
  }
}
