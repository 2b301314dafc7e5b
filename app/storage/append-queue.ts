// Group commit: what arrives while a group is being written goes together into the next one, in order.

interface Waiting<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (reason: unknown) => void;
}

export class AppendQueue<Item> {
  readonly #write: (items: readonly Item[]) => Promise<void>;
  readonly #weigh: (item: Item) => number;
  readonly #groupWeight: number;
  #waiting: Waiting<Item>[] = [];
  #running: Promise<void> | undefined;

  /**
   * @param write writes a group whole or not at all. A group that fails is tried again item by item, so that one that
   * cannot be written does not take its neighbours with it.
   * @param groupWeight a group is closed when it weighs this much.
   */
  constructor(write: (items: readonly Item[]) => Promise<void>, weigh: (item: Item) => number, groupWeight: number) {
    this.#write = write;
    this.#weigh = weigh;
    this.#groupWeight = groupWeight;
  }

  /** Resolves when the item's group is written. */
  append(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ item, resolve, reject });
      this.#running ??= this.#run().finally(() => {
        this.#running = undefined;
      });
    });
  }

  /** Resolves when everything appended so far is settled. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const group = this.#takeGroup();
      if (await this.#attempt(group)) continue;
      for (const single of group) await this.#attempt([single], single.reject);
    }
  }

  #takeGroup(): Waiting<Item>[] {
    let weight = 0;
    let size = 0;
    for (const { item } of this.#waiting) {
      if (size > 0 && weight >= this.#groupWeight) break;
      weight += this.#weigh(item);
      size += 1;
    }
    return this.#waiting.splice(0, size);
  }

  async #attempt(group: readonly Waiting<Item>[], onFailure?: (reason: unknown) => void): Promise<boolean> {
    try {
      await this.#write(group.map(({ item }) => item));
    } catch (thrown) {
      onFailure?.(thrown);
      return false;
    }
    for (const { resolve } of group) resolve();
    return true;
  }
}
