// Edits of a tempo map by its points.
import { describe, expect, it } from 'vitest';
import { tempoMapOf } from '../../core/tempo.ts';
import type { TempoSegment } from '../../protocol/kinds.ts';
import { heightOf, rangeOf, tempoPath } from './tempo-line.ts';
import {
  roundTempo,
  typedPoint,
  withCurve,
  withoutPoint,
  withPoint,
  withPosition,
  withSignature,
  withTempo,
} from './tempo-points.ts';

const point = (start_position: number, bpm: number, time_signature = '4/4', rest = {}): TempoSegment => ({
  start_position,
  bpm,
  time_signature,
  ...rest,
});
const points = [point(0, 120), point(16, 90, '3/4', { curve: 'linear' }), point(32, 150, '3/4')];

describe('points of the tempo', () => {
  it('are added inside a segment, going on as it does', () => {
    expect(withPoint(points, 20, 105)[2]).toEqual(point(20, 105, '3/4', { curve: 'linear' }));
    expect(withPoint(points, 40, 150)[3]).toEqual(point(40, 150, '3/4'));
    expect(withPoint(points, 16.0005, 100)).toEqual(points);
  });

  it('keep their order when they are moved, and the first one its place', () => {
    expect(withPosition(points, 1, 20)[1]?.start_position).toBe(20);
    expect(withPosition(points, 1, 99)[1]?.start_position).toBe(31.999);
    expect(withPosition(points, 1, -4)[1]?.start_position).toBe(0.001);
    expect(withPosition(points, 0, 4)).toEqual(points);
  });

  it('take a tempo inside what the session takes, and a curve', () => {
    expect(withTempo(points, 1, 2000)[1]?.bpm).toBe(999);
    expect(withTempo(points, 1, 1)[1]?.bpm).toBe(10);
    expect(roundTempo(120.34, 0.5)).toBe(120.5);
    expect(withCurve(points, 0, 'linear')[0]?.curve).toBe('linear');
  });

  it('change the time signature up to where it changes anyway', () => {
    expect(withSignature(points, 0, '5/4').map((each) => each.time_signature)).toEqual(['5/4', '3/4', '3/4']);
    expect(withSignature(points, 1, '7/8').map((each) => each.time_signature)).toEqual(['4/4', '7/8', '7/8']);
    expect(withSignature(points, 2, '7/8').map((each) => each.time_signature)).toEqual(['4/4', '3/4', '7/8']);
  });

  it('are deleted but for the first', () => {
    expect(withoutPoint(points, 1)).toEqual([points[0], points[2]]);
    expect(withoutPoint(points, 0)).toEqual(points);
  });

  it.each([
    ['140', { bpm: 140, time_signature: '3/4' }],
    ['92,5 bpm', { bpm: 92.5 }],
    ['6/8', { bpm: 90, time_signature: '6/8' }],
    ['12/8', { bpm: 90, time_signature: '12/8' }],
    ['140 7/8', { bpm: 140, time_signature: '7/8' }],
  ])('read %s', (typed, wanted) => {
    expect(typedPoint(points, 1, typed)?.[1]).toMatchObject(wanted);
  });

  it.each(['', 'fast', '5', '1000', '4/5', '120 4'])('do not take “%s”', (typed) => {
    expect(typedPoint(points, 1, typed)).toBeUndefined();
  });
});

describe('the line of the tempo', () => {
  const view = { left: 0, secondsPerPixel: 0.1, top: 0, width: 200, height: 100 };

  it('is level in steps and bends through the mean tempo half the beats along a ramp', () => {
    const range = rangeOf(points);
    const map = tempoMapOf({ timebase: 'beats', tempo_segments: points });
    const places = tempoPath(points, map, view, range).slice(1).split('L');
    expect(places.slice(0, 3)).toEqual([
      `0.0 ${heightOf(range, 120).toFixed(2)}`,
      `80.0 ${heightOf(range, 120).toFixed(2)}`,
      `80.0 ${heightOf(range, 90).toFixed(2)}`,
    ]);
    expect(places[2 + 12]).toBe(`${(map.beatsToSeconds(24) / 0.1).toFixed(1)} ${heightOf(range, 120).toFixed(2)}`);
    expect(places.at(-1)).toBe(`200.0 ${heightOf(range, 150).toFixed(2)}`);
  });

  it('puts a lonely tempo in the middle', () => {
    expect(heightOf(rangeOf([point(0, 100)]), 100)).toBe(50);
  });
});
