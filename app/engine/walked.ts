// What a generator yields, for several readers: worked out once, and only as far as somebody reads.

export class Walked<Item> implements Iterable<Item> {
  readonly #items: Item[] = [];
  readonly #rest: Iterator<Item>;

  constructor(items: Iterable<Item>) {
    this.#rest = items[Symbol.iterator]();
  }

  *[Symbol.iterator](): Generator<Item> {
    for (let at = 0; ; at++) {
      if (at === this.#items.length) {
        const next = this.#rest.next();
        if (next.done) return;
        this.#items.push(next.value);
      }
      yield this.#items[at] as Item;
    }
  }
}
