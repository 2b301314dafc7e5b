import { expect, test } from 'vitest';
import { interruptions } from './interruptions.ts';

test('each interruption since the last look is told once, with its size', () => {
  const before = { underruns: 3, starvedFrames: 128 };
  expect(interruptions(before, before)).toEqual([]);
  const reports = interruptions(before, { underruns: 5, starvedFrames: 384 });
  expect(reports.map(({ code, msg }) => [code, /\((.*)\)$/.exec(msg)?.[1]])).toEqual([
    [2001, '2 underruns'],
    [2005, '256 frames'],
  ]);
});
