import { describe, expect, it } from 'vitest';
import { edgesWithout, snapDelta, snapTime } from './snap.ts';
import { tempo, view } from './testing/fixtures.ts';
import { divisionFor, formatBars, formatTime, nearestLine, timeStep } from './time-grid.ts';

const edges = Float64Array.of(1, 3, 4, 6);

describe('snapping', () => {
  it('takes the nearest edge within the tolerance and leaves other times alone', () => {
    expect(snapTime(2.93, { edges, others: [] }, 0.08)).toEqual({ time: 3, line: 3 });
    expect(snapTime(2.9, { edges, others: [] }, 0.08)).toEqual({ time: 2.9, line: undefined });
  });

  it('takes an attack when it is nearer than an edge', () => {
    const targets = { edges, others: [], transients: Float64Array.of(0.5, 2.95, 5) };
    expect(snapTime(2.96, targets, 0.08)).toEqual({ time: 2.95, line: 2.95 });
    expect(snapTime(2.99, targets, 0.08).time).toBe(3);
  });

  it('takes the grid when it is nearer than an edge', () => {
    const grid = (time: number): number => nearestLine(tempo, view, 14, time);
    expect(snapTime(2.97, { edges: Float64Array.of(2.9), others: [], grid }, 0.08).time).toBe(3);
  });

  it('moves by whichever of a clip’s ends is nearest to a target', () => {
    expect(snapDelta([10, 12], -8.05, { edges, others: [] }, 0.08)).toEqual({ delta: -8, line: 4 });
  });

  it('forgets the edges of what is moved, once each', () => {
    const left = edgesWithout(Float64Array.of(1, 3, 3, 6), [{ start: 1, end: 3 }]);
    expect([...left]).toEqual([3, 6]);
  });
});

describe('the grid', () => {
  it('offers sixteenths at 100 pixels per second and 120 bpm, and bars from afar', () => {
    expect(divisionFor(tempo, view, 14)).toEqual({ beats: 0.5 });
    expect(divisionFor(tempo, view, 12)).toEqual({ beats: 0.25 });
    expect(divisionFor(tempo, { ...view, secondsPerPixel: 1 }, 14)).toEqual({ bars: 8 });
  });

  it('writes bars and times', () => {
    expect(formatBars(tempo, 2)).toBe('2');
    expect(formatBars(tempo, 2.5)).toBe('2.2');
    expect(formatBars(tempo, 2.25)).toBe('2.1.480');
    expect(formatTime(3723.0456, 3)).toBe('1:02:03.046');
    expect(timeStep(0.01, 96)).toBe(1);
    expect(timeStep(1e-6, 96)).toBe(1e-4);
  });
});
