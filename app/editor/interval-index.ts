// Clips of one lane ordered by start, so that a view of any width touches only the clips it shows.

export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** Binary search: the first index in [0, length) for which `isPast` holds, else `length`; `isPast` is monotonic. */
export function firstIndex(length: number, isPast: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isPast(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

export class IntervalIndex<Item extends Interval> {
  /** By start, then by end descending: the order in which overlapping items are drawn. */
  readonly items: readonly Item[];
  /** The greatest end among items[0..i]; it ends the search backwards. */
  readonly #reach: Float64Array;

  constructor(items: readonly Item[]) {
    this.items = [...items].sort((a, b) => a.start - b.start || b.end - a.end);
    this.#reach = new Float64Array(items.length);
    let reach = Number.NEGATIVE_INFINITY;
    this.items.forEach((item, index) => {
      reach = Math.max(reach, item.end);
      this.#reach[index] = reach;
    });
  }

  /** Calls `visit` for every item that overlaps (from, to), in drawing order. */
  forEachIn(from: number, to: number, visit: (item: Item) => void): void {
    const first = firstIndex(this.items.length, (index) => (this.#reach[index] ?? 0) > from);
    const last = firstIndex(this.items.length, (index) => (this.items[index]?.start ?? 0) >= to);
    for (let index = first; index < last; index++) {
      const item = this.items[index];
      if (item && item.end > from) visit(item);
    }
  }

  /** Items that overlap (from, to), in drawing order. */
  between(from: number, to: number): Item[] {
    const found: Item[] = [];
    this.forEachIn(from, to, (item) => found.push(item));
    return found;
  }

  /** Index of the item nearest to `time`: the last that starts at or before it, else the first; -1 when empty. */
  nearest(time: number): number {
    if (this.items.length === 0) return -1;
    return Math.max(0, firstIndex(this.items.length, (index) => (this.items[index]?.start ?? 0) > time) - 1);
  }
}
