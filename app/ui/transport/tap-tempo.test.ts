// Tempo by tapping.
import { expect, it } from 'vitest';
import { TapTempo } from './tap-tempo.ts';

it('finds 120 beats per minute in taps half a second apart, one of them late', () => {
  const taps = new TapTempo();
  const heard = [0, 500, 1000, 1560, 2000].map((time) => taps.tap(time));
  expect(heard[0]).toBeUndefined();
  expect(heard.at(-1)).toBe(120);
});

it('begins anew after a pause of two seconds', () => {
  const taps = new TapTempo();
  taps.tap(0);
  taps.tap(500);
  expect(taps.tap(3000)).toBeUndefined();
  expect(taps.tap(4000)).toBe(60);
});
