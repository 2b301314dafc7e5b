// First in, first out, in constant time however long the queue. (A Map loses that when its oldest entries go first.)

export class Fifo<Item> {
  /** What has left is no longer held. */
  #items: (Item | undefined)[] = [];
  #head = 0;

  get length(): number {
    return this.#items.length - this.#head;
  }

  first(): Item | undefined {
    return this.#items[this.#head];
  }

  /** The newest item that passes. */
  findLast(passes: (item: Item) => boolean): Item | undefined {
    for (let at = this.#items.length - 1; at >= this.#head; at--) {
      const item = this.#items[at] as Item;
      if (passes(item)) return item;
    }
    return undefined;
  }

  /** The oldest items, at most `count`; they stay in the queue. */
  peek(count: number): Item[] {
    return this.#items.slice(this.#head, this.#head + count) as Item[];
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  shift(): Item | undefined {
    if (this.length === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head > 1024 && this.#head * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }

  /** Takes the newest item back out. */
  pop(): Item | undefined {
    return this.length === 0 ? undefined : this.#items.pop();
  }

  /** Empties the queue and returns what was in it, oldest first. */
  drain(): Item[] {
    const items = this.#items.slice(this.#head) as Item[];
    this.#items = [];
    this.#head = 0;
    return items;
  }
}
