// The clock never gives the same time twice and never an earlier one.
import { expect, test } from 'vitest';
import { compareHybridTime, HybridClock } from './hybrid-clock.ts';

test('counts within a millisecond and starts again in the next', () => {
  let now = 5;
  const clock = new HybridClock(() => now);
  expect([clock.tick(), clock.tick()]).toEqual([
    { wall: 5, counter: 0 },
    { wall: 5, counter: 1 },
  ]);
  now = 6.7;
  expect(clock.tick()).toEqual({ wall: 6, counter: 0 });
});

test('goes on from the log when the wall clock was set back', () => {
  const clock = new HybridClock(() => 1000);
  clock.witness({ wall: 2000, counter: 7 });
  clock.witness({ wall: 1500, counter: 9 });
  expect(clock.tick()).toEqual({ wall: 2000, counter: 8 });
});

test('every tick is later than the one before, whatever the wall clock does', () => {
  const walls = [10, 10, 3, 11, 11, 2, 12];
  const clock = new HybridClock(() => walls.shift() ?? 0);
  let last = { wall: 0, counter: 0 };
  for (let count = 0; count < 10; count++) {
    const time = clock.tick();
    expect(compareHybridTime(time, last)).toBeGreaterThan(0);
    last = time;
  }
});
