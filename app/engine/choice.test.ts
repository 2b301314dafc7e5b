// The choice of a trigger: what SplitMix64 gives, spread evenly, and what odd seeds come to.
import { describe, expect, it } from 'vitest';
import { choiceOf } from './choice.ts';

/** The upper half of an output. */
const upperHalf = (seed: number, firing: number): number => choiceOf(seed, firing, 2 ** 32);

describe('choiceOf', () => {
  it('is SplitMix64: its first outputs from seed 1234567', () => {
    // Reference outputs of the published generator, upper halves.
    const outputs = [6457827717110365317n, 3203168211198807973n, 9817491932198370423n, 4593380528125082431n];
    for (const [firing, output] of outputs.entries()) {
      expect(upperHalf(1_234_567, firing)).toBe(Number(output >> 32n));
    }
  });

  it('takes every choice about equally often', () => {
    const counts = new Array<number>(7).fill(0);
    for (let firing = 0; firing < 70_000; firing++) {
      const choice = choiceOf(42, firing, 7);
      counts[choice] = (counts[choice] ?? 0) + 1;
    }
    // Five standard deviations of a fair choice.
    for (const count of counts)
      expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(70_000 * (1 / 7) * (6 / 7)));
  });

  it('takes whole and odd seeds', () => {
    for (const seed of [0, -1, 2 ** 53, -(2 ** 40), 1e300, Number.NaN, Number.POSITIVE_INFINITY, 0.5]) {
      for (let firing = 0; firing < 20; firing++) {
        const choice = choiceOf(seed, firing, 5);
        expect(Number.isInteger(choice) && choice >= 0 && choice < 5).toBe(true);
      }
    }
    expect(choiceOf(3.7, 4, 100)).toBe(choiceOf(3, 4, 100));
  });
});
