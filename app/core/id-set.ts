// A set of ids that takes about 24 bytes for each instead of a hundred: for very many that are seldom asked for.
import type { Id } from './id.ts';

/** 32-bit words of an id. */
const wordsPerId = 4;
const firstCapacity = 64;
/** Of the places; from there on looking for a free one takes longer and longer. */
const mostFilled = 0.75;
const growth = 1.5;

/** Open addressing with linear probing; nothing is ever taken out. */
export class IdSet {
  /** Four words for each place; zeros for a free one. */
  #words = new Uint32Array(wordsPerId * firstCapacity);
  #size = 0;
  /** The one id that looks like a free place. */
  #hasZeros = false;
  readonly #asked = new Uint32Array(wordsPerId);

  get size(): number {
    return this.#size + (this.#hasZeros ? 1 : 0);
  }

  has(id: Id): boolean {
    if (this.size === 0) return false;
    readWords(this.#asked, id);
    if (isFree(this.#asked, 0)) return this.#hasZeros;
    return !isFree(this.#words, placeOf(this.#words, this.#asked));
  }

  add(id: Id): void {
    readWords(this.#asked, id);
    if (isFree(this.#asked, 0)) {
      this.#hasZeros = true;
      return;
    }
    const at = placeOf(this.#words, this.#asked);
    if (!isFree(this.#words, at)) return;
    this.#words.set(this.#asked, at);
    this.#size++;
    if (this.#size > (mostFilled * this.#words.length) / wordsPerId) this.#grow();
  }

  #grow(): void {
    const old = this.#words;
    const capacity = Math.ceil((growth * old.length) / wordsPerId);
    this.#words = new Uint32Array(wordsPerId * capacity);
    for (let at = 0; at < old.length; at += wordsPerId) {
      if (isFree(old, at)) continue;
      const id = old.subarray(at, at + wordsPerId);
      this.#words.set(id, placeOf(this.#words, id));
    }
  }
}

/** Where the id lies, or the free place where it would. */
function placeOf(words: Uint32Array, id: Uint32Array): number {
  const capacity = words.length / wordsPerId;
  let at = wordsPerId * (hashOf(id) % capacity);
  while (!isFree(words, at) && !isAt(words, at, id)) {
    at = at + wordsPerId === words.length ? 0 : at + wordsPerId;
  }
  return at;
}

const isAt = (words: Uint32Array, at: number, id: Uint32Array): boolean =>
  words[at] === id[0] && words[at + 1] === id[1] && words[at + 2] === id[2] && words[at + 3] === id[3];

const isFree = (words: Uint32Array, at: number): boolean =>
  words[at] === 0 && words[at + 1] === 0 && words[at + 2] === 0 && words[at + 3] === 0;

/** Random ids are spread as they are; this spreads those, too, that were counted up. */
function hashOf(id: Uint32Array): number {
  let hash = 0;
  for (let word = 0; word < wordsPerId; word++) {
    hash = Math.imul(hash ^ (id[word] ?? 0), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> 0;
}

const zero = '0'.charCodeAt(0);
const letterA = 'a'.charCodeAt(0);
const dash = '-'.charCodeAt(0);

function readWords(into: Uint32Array, id: Id): void {
  into.fill(0);
  let digits = 0;
  for (let at = 0; at < id.length; at++) {
    const code = id.charCodeAt(at);
    if (code === dash) continue;
    const word = digits++ >> 3;
    into[word] = ((into[word] ?? 0) << 4) | (code < letterA ? code - zero : code - letterA + 10);
  }
}
