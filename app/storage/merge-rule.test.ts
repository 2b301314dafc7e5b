// The merge rule: total, the same on every device, and safe from clocks that run ahead.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareStamps, isTooFarAhead, type Stamp } from './merge-rule.ts';

const stamp = (wall: number, counter: number, device: string): Stamp => ({ time: { wall, counter }, device });

test('time decides, then the counter, then the device', () => {
  expect(compareStamps(stamp(2, 0, 'a'), stamp(1, 9, 'b'))).toBeGreaterThan(0);
  expect(compareStamps(stamp(1, 1, 'a'), stamp(1, 0, 'b'))).toBeGreaterThan(0);
  expect(compareStamps(stamp(1, 0, 'b'), stamp(1, 0, 'a'))).toBeGreaterThan(0);
  expect(compareStamps(stamp(1, 0, 'a'), stamp(1, 0, 'a'))).toBe(0);
});

test('the winner does not depend on the order of arrival', () => {
  const stamps = fc.record({
    time: fc.record({ wall: fc.nat(5), counter: fc.nat(3) }),
    device: fc.constantFrom('a', 'b', 'c'),
  });
  const winner = (all: readonly Stamp[]) => all.reduce((best, next) => (compareStamps(next, best) > 0 ? next : best));
  fc.assert(
    fc.property(fc.array(stamps, { minLength: 1, maxLength: 8 }), (all) => {
      expect(winner([...all].reverse())).toEqual(winner(all));
    }),
  );
});

test('a clock 60 s ahead is still taken, a millisecond more is refused', () => {
  expect(isTooFarAhead({ wall: 160_000, counter: 0 }, 100_000)).toBe(false);
  expect(isTooFarAhead({ wall: 160_001, counter: 0 }, 100_000)).toBe(true);
});
