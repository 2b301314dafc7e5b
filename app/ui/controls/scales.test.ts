// Values as typed and as written, and their places along a control.
import { describe, expect, it } from 'vitest';
import { gainOfLevel, levelOfGain, levelScale, panScale, tempoScale } from './scales.ts';

const level = levelScale(12);

describe('levelScale', () => {
  it.each([
    ['-6 dB', -6],
    ['−6,5db', -6.5],
    ['+3', 3],
    ['-inf', -Infinity],
    ['.5', 0.5],
  ])('reads %s as %d dB', (typed, value) => expect(level.parse(typed)).toBe(value));

  it.each(['', 'loud', '3 s', '1:2', '--3'])('does not read %j', (typed) => expect(level.parse(typed)).toBeUndefined());

  it.each([
    [-60, '−∞ dB'],
    [-6, '−6.0 dB'],
    [-0.01, '0.0 dB'],
    [3.25, '3.3 dB'],
  ])('writes %d as %s', (value, words) => expect(level.print(value)).toBe(words));

  it.each([-60, -40, -24, -6, 0, 12])('finds %d dB again from its place', (value) => {
    expect(level.fromFraction(level.toFraction(value))).toBeCloseTo(value, 9);
  });

  it('takes 0 dB at two thirds of −24 to 12 dB, above the lowest quarter', () => {
    expect(level.toFraction(0)).toBeCloseTo(0.75, 12);
  });

  it('makes silence of −60 dB and back', () => {
    expect(gainOfLevel(-60)).toBe(0);
    expect(levelOfGain(0)).toBe(-60);
    expect(gainOfLevel(levelOfGain(0.5))).toBeCloseTo(0.5, 12);
  });
});

describe('panScale', () => {
  it.each([
    ['L30', -0.3],
    ['30 R', 0.3],
    ['-50', -0.5],
    ['c', 0],
    ['r', 1],
    ['0', 0],
  ])('reads %s as %d', (typed, value) => expect(panScale.parse(typed)).toBeCloseTo(value, 12));

  it.each([
    [-0.3, 'L 30'],
    [0, 'C'],
    [1, 'R 100'],
  ])('writes %d as %s', (value, words) => expect(panScale.print(value)).toBe(words));
});

describe('tempoScale', () => {
  it('reads 128.5 bpm and refuses another unit', () => {
    expect(tempoScale.parse('128.5 bpm')).toBe(128.5);
    expect(tempoScale.parse('128 Hz')).toBeUndefined();
  });
});
