// Edits and moves of the fallback engine reach it together, once those before them are heard.
import { expect, it } from 'vitest';
import type { EngineDelta, Landing } from '../engine/audio-engine.ts';
import { Landings } from './landings.ts';

/** A page that hears of landings, and lets them be heard when it is told to. */
function page() {
  const heard: { deltas: readonly EngineDelta[]; places: Readonly<Record<string, Landing>> }[] = [];
  const going: (() => void)[] = [];
  const land = (deltas: readonly EngineDelta[], places: Readonly<Record<string, Landing>>): Promise<void> => {
    heard.push({ deltas, places });
    return new Promise((resolve) => going.push(resolve));
  };
  return { heard, letGo: () => going.shift()?.(), landings: new Landings({ land }) };
}

const gain = (value: number): EngineDelta => ({ type: 'masterGain', gain: value });

it('are one message, and edits that come with no move go as they come', async () => {
  const { heard, letGo, landings } = page();
  expect(landings.takes([gain(1)])).toBe(false);
  landings.begin();
  expect(landings.takes([gain(2)])).toBe(true);
  const landed = Promise.all([landings.land('a', { from: 1, to: 2 }), landings.land('b', { from: 3, to: 3.5 })]);
  await expect.poll(() => heard.length).toBe(1);
  letGo();
  await landed;
  expect(heard).toEqual([{ deltas: [gain(2)], places: { a: { from: 1, to: 2 }, b: { from: 3, to: 3.5 } } }]);
  expect(landings.takes([gain(3)])).toBe(false);
});

it('go on their way without a move too', async () => {
  const { heard, landings } = page();
  landings.begin();
  landings.takes([gain(1)]);
  await expect.poll(() => heard).toEqual([{ deltas: [gain(1)], places: {} }]);
});

it('that come while others are on their way are one landing, from the place of the first to that of the last', async () => {
  const { heard, letGo, landings } = page();
  const first = landings.land('a', { from: 1, to: 2 });
  await expect.poll(() => heard.length).toBe(1);
  const rest = [landings.land('a', { from: 2.1, to: 4.2 }), landings.land('a', { from: 4.3, to: 4 })];
  landings.takes([gain(1)]);
  letGo();
  await first;
  await expect.poll(() => heard.length).toBe(2);
  // A tenth of a second has passed since the first of them, which is 2.2 in its own seconds.
  expect(heard[1]?.places.a?.from).toBeCloseTo(2.2, 9);
  expect(heard[1]?.places.a?.to).toBe(4);
  expect(heard[1]?.deltas).toEqual([gain(1)]);
  letGo();
  await Promise.all(rest);
  await landings.settled();
});
