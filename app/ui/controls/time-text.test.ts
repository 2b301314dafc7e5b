// Times as people read and type them.
import { describe, expect, it } from 'vitest';
import { rateText, sizeText } from './size-text.ts';
import { clockText, lengthText, parseTime, shortTimeText } from './time-text.ts';

describe('clockText', () => {
  it.each([
    [0, '0:00.000'],
    [62.5, '1:02.500'],
    [59.9996, '1:00.000'],
    [3661.001, '1:01:01.001'],
  ])('writes %d s as %s', (seconds, words) => expect(clockText(seconds)).toBe(words));

  it.each([0, 1.234, 62.5, 7384.25])('is read back as %d s', (seconds) => {
    expect(parseTime(clockText(seconds))).toBeCloseTo(seconds, 9);
  });
});

describe('parseTime', () => {
  it.each([
    ['250 ms', 0.25],
    ['1,5', 1.5],
    ['2 min', 120],
    ['1:02:03.5', 3723.5],
  ])('reads %s as %d s', (typed, seconds) => expect(parseTime(typed)).toBeCloseTo(seconds, 12));

  it.each(['', 'now', '1:2:3:4', '5 dB'])('does not read %j', (typed) => expect(parseTime(typed)).toBeUndefined());
});

it('writes lengths to whole seconds', () => {
  expect([lengthText(185.4), lengthText(7265)]).toEqual(['3:05', '2:01:05']);
});

it('writes short times in milliseconds', () => {
  expect([shortTimeText(0.25), shortTimeText(1.5)]).toEqual(['250 ms', '1.500 s']);
});

it('writes sizes and rates', () => {
  expect([sizeText(999), sizeText(1_536_000), sizeText(12e9)]).toEqual(['999 B', '1.5 MB', '12 GB']);
  expect([rateText(44100), rateText(48000)]).toEqual(['44.1 kHz', '48 kHz']);
});
