// Maps ids to numbered slots of the engine; a freed slot comes back only after the engine has let go of it.

export class SlotTable {
  readonly #limit: number;
  readonly #slots = new Map<string, number>();
  readonly #free: number[] = [];
  #draining: number[] = [];
  #next = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#slots.size;
  }

  get(id: string): number | undefined {
    return this.#slots.get(id);
  }

  ids(): Iterable<string> {
    return this.#slots.keys();
  }

  /** The id's slot, a new one if need be; undefined when all are taken. */
  take(id: string): number | undefined {
    const known = this.#slots.get(id);
    if (known !== undefined) return known;
    const slot = this.#free.pop() ?? (this.#next < this.#limit ? this.#next++ : undefined);
    if (slot !== undefined) this.#slots.set(id, slot);
    return slot;
  }

  /** Forgets the id; its slot stays unused until it is retired and drained. */
  release(id: string): number | undefined {
    const slot = this.#slots.get(id);
    this.#slots.delete(id);
    return slot;
  }

  /** Lets a released slot come back once `drained` is called. */
  retire(slot: number): void {
    this.#draining.push(slot);
  }

  /** Call when nothing that was retired is seen by the audio and disk threads any more. */
  drained(): void {
    if (this.#draining.length === 0) return;
    this.#free.push(...this.#draining);
    this.#draining = [];
  }
}
