// The choice among several places that a trigger makes, firing by firing: the same as the engine's own.

const mask = (1n << 64n) - 1n;

/**
 * Which of `count` choices the firing number `firing` takes: output of SplitMix64 (Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators", 2014), scaled by its upper half.
 *
 * @param seed a whole number; what is not finite counts as 0
 */
export function choiceOf(seed: number, firing: number, count: number): number {
  let mixed = (seedBits(seed) + BigInt(firing + 1) * 0x9e3779b97f4a7c15n) & mask;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
  mixed ^= mixed >> 31n;
  return Number(((mixed >> 32n) * BigInt(count)) >> 32n);
}

/** A seed as the engine takes it: its lowest 64 bits. */
export const seedBits = (seed: number): bigint => BigInt(wholeSeed(seed)) & mask;

/** The number whose bits these are, as it can be stored. */
export const wholeSeed = (seed: number): number => (Number.isFinite(seed) ? Math.trunc(seed) : 0);
