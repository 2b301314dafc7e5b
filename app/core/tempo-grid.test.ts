// Bars, beats, ticks, grid lines and snapping, in several time signatures.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TempoMap } from './tempo.ts';
import { barPositionAt, beatsAt, gridLines, snap, ticksPerBeat } from './tempo-grid.ts';

const common = new TempoMap({
  timebase: 'beats',
  tempo_segments: [{ start_position: 0, bpm: 120, time_signature: '4/4' }],
});
/** Two bars of 4/4, then 6/8 from beat 8, a faster tempo inside its second bar, then 3/4 from the middle of a bar on. */
const mixed = new TempoMap({
  timebase: 'beats',
  tempo_segments: [
    { start_position: 0, bpm: 120, time_signature: '4/4' },
    { start_position: 8, bpm: 120, time_signature: '6/8' },
    { start_position: 12, bpm: 140, time_signature: '6/8' },
    { start_position: 15.5, bpm: 140, time_signature: '3/4' },
  ],
});

describe('positions', () => {
  test.each([
    [0, 1, 1, 0],
    [3.999999, 1, 4, 959],
    [4, 2, 1, 0],
    [5.5, 2, 2, 480],
    [400, 101, 1, 0],
  ])('beat %d in 4/4 is bar %d, beat %d, tick %d', (beats, bar, beat, tick) => {
    expect(barPositionAt(common, beats)).toEqual({ bar, beat, tick });
  });

  test.each([
    [8, 3, 1, 0],
    [8.5, 3, 2, 0],
    [11, 4, 1, 0],
    [12, 4, 3, 0],
    [15.25, 5, 3, 480],
    [15.5, 6, 1, 0],
    [18.5, 7, 1, 0],
  ])('beat %d through 4/4, 6/8 and 3/4 is bar %d, beat %d, tick %d', (beats, bar, beat, tick) => {
    expect(barPositionAt(mixed, beats)).toEqual({ bar, beat, tick });
    expect(beatsAt(mixed, { bar, beat, tick })).toBeCloseTo(beats, 9);
  });

  test('every tick of the first thousand bars is found again', () => {
    const ticks = fc.integer({ min: 0, max: 1000 * 4 * ticksPerBeat });
    fc.assert(
      fc.property(ticks, (tick) => {
        const position = barPositionAt(common, tick / ticksPerBeat);
        expect(beatsAt(common, position)).toBeCloseTo(tick / ticksPerBeat, 9);
        expect(barPositionAt(common, beatsAt(common, position))).toEqual(position);
      }),
    );
  });
});

describe('lines', () => {
  test('sixteenths of one bar: 1 bar line, 3 beats, 12 divisions', () => {
    const lines = gridLines(common, 4, 7.999, { beats: 0.25 });
    expect(lines).toHaveLength(16);
    expect(lines.filter(({ level }) => level === 'beat').map(({ beats }) => beats)).toEqual([5, 6, 7]);
    expect(lines[0]).toEqual({ beats: 4, seconds: 2, level: 'bar', bar: 2 });
  });

  test('every fourth bar', () => {
    expect(gridLines(common, 1, 50, { bars: 4 }).map(({ beats, bar }) => [beats, bar])).toEqual([
      [16, 5],
      [32, 9],
      [48, 13],
    ]);
  });

  test('a bar cut short by a new time signature ends there', () => {
    expect(gridLines(mixed, 8, 19, { bars: 1 }).map(({ beats }) => beats)).toEqual([8, 11, 14, 15.5, 18.5]);
    expect(gridLines(mixed, 14, 16.5, { beats: 1 }).map(({ beats }) => beats)).toEqual([14, 15, 15.5, 16.5]);
  });

  test('triplets begin anew at each bar, and the limit holds', () => {
    const lines = gridLines(common, 0, 1e9, { beats: 1 / 3 }, 100);
    expect(lines).toHaveLength(100);
    expect(lines[12]).toMatchObject({ beats: 4, level: 'bar' });
  });

  test('reaching a day into the session costs no more than its lines', () => {
    expect(gridLines(common, 172_000, 172_016, { beats: 1 })).toHaveLength(17);
  });
});

describe('snapping', () => {
  test.each([
    [0.12, 0.25, 0],
    [0.13, 0.25, 0.25],
    [3.9, 0.25, 4],
    [-3, 1, 0],
    [3.9, 1.5, 4],
  ])('beat %d to steps of %d gives %d', (beats, step, line) => {
    expect(snap(common, beats, { beats: step })).toBe(line);
  });

  test('to bars, across a short bar', () => {
    expect([13, 14.9, 15, 17.1].map((beats) => snap(mixed, beats, { bars: 1 }))).toEqual([14, 15.5, 15.5, 18.5]);
    expect(snap(common, 25, { bars: 4 })).toBe(32);
  });

  test('gives a line of the grid, at most half a step away', () => {
    const steps = fc.constantFrom(0.125, 0.25, 1 / 3, 0.5, 1, 3);
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1000, noNaN: true }), steps, (beats, step) => {
        const line = snap(mixed, beats, { beats: step });
        expect(Math.abs(line - beats)).toBeLessThanOrEqual(step / 2 + 1e-9);
        const near = gridLines(mixed, line - 1e-6, line + 1e-6, { beats: step });
        expect(near).toHaveLength(1);
      }),
    );
  });
});

describe('inside a ramp from 60 to 180 over 12 bars of 4/4', () => {
  const ramp = new TempoMap({
    timebase: 'beats',
    tempo_segments: [
      { start_position: 0, bpm: 60, time_signature: '4/4', curve: 'linear' },
      { start_position: 48, bpm: 180, time_signature: '4/4' },
    ],
  });

  test('lines are as far apart in beats as ever, and ever closer in time', () => {
    const lines = gridLines(ramp, 0, 48, { beats: 1 });
    expect(lines.map(({ beats }) => beats)).toEqual(Array.from({ length: 49 }, (_, beat) => beat));
    // The integral of 60 / (60 + 2.5 d).
    for (const { beats, seconds } of lines) expect(seconds).toBeCloseTo(24 * Math.log1p(beats / 24), 12);
    expect(lines.filter(({ level }) => level === 'bar').map(({ bar }) => bar)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13,
    ]);
  });

  test('positions and snapping count beats, not time', () => {
    const seconds = 24 * Math.log1p(22.75 / 24);
    expect(barPositionAt(ramp, ramp.secondsToBeats(seconds))).toEqual({ bar: 6, beat: 3, tick: 720 });
    expect(snap(ramp, ramp.secondsToBeats(seconds), { beats: 1 })).toBe(23);
    expect(snap(ramp, ramp.secondsToBeats(seconds), { bars: 1 })).toBe(24);
  });
});
