// What can be typed where clips are stretched, and pitch as semitones and cents.
import { expect, test } from 'vitest';
import { centScale, pitchOf, playedTempoScale, ratioScale, semitoneScale, shiftOf } from './stretch-scales.ts';

test('ratios are typed as numbers, as multiples and in per cent', () => {
  expect(['1.25', '1.25×', '1,25 x', '125 %', '125%'].map(ratioScale.parse)).toEqual([1.25, 1.25, 1.25, 1.25, 1.25]);
  expect(['2 s', 'fast', ''].map(ratioScale.parse)).toEqual([undefined, undefined, undefined]);
  expect(ratioScale.print(4 / 3)).toBe('1.333×');
});

test('the middle of the way is the sound’s own speed', () => {
  for (const [scale, own] of [
    [ratioScale, 1],
    [playedTempoScale(96), 96],
  ] as const) {
    expect(scale.toFraction(own)).toBeCloseTo(0.5, 12);
    expect(scale.fromFraction(scale.toFraction(own * 1.7))).toBeCloseTo(own * 1.7, 9);
  }
});

test('a pitch is the nearest semitone and at most half a one beside it', () => {
  expect([3.25, -3.25, 0.5, -0.5, 24, -23.6].map(pitchOf)).toEqual([
    { semitones: 3, cents: 25 },
    { semitones: -3, cents: -25 },
    { semitones: 1, cents: -50 },
    { semitones: 0, cents: -50 },
    { semitones: 24, cents: 0 },
    { semitones: -24, cents: 40 },
  ]);
  for (let shift = -2400; shift <= 2400; shift += 7) expect(shiftOf(pitchOf(shift / 100))).toBe(shift / 100);
});

test('no shift goes beyond two octaves', () => {
  expect(shiftOf({ semitones: 24, cents: 30 })).toBe(24);
  expect(shiftOf({ semitones: -24, cents: -30 })).toBe(-24);
});

test('signs and units are written and read', () => {
  expect([semitoneScale.print(3), semitoneScale.print(-12), semitoneScale.print(0)]).toEqual([
    '+3 st',
    '−12 st',
    '0 st',
  ]);
  expect(['+3', '−12 st', '7 semitones'].map(semitoneScale.parse)).toEqual([3, -12, 7]);
  expect(['-25 ct', '10 cents', '5 bpm'].map(centScale.parse)).toEqual([-25, 10, undefined]);
});
