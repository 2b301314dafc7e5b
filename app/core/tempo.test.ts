// Tempo maps against exact arithmetic, and both directions against each other.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TempoMap, type TempoSegmentLike, tempoMapOf } from './tempo.ts';

const segment = (start_position: number, bpm: number, time_signature = '4/4'): TempoSegmentLike => ({
  start_position,
  bpm,
  time_signature,
});

const day = 24 * 3600;
const timebases = fc.constantFrom('seconds', 'beats');

/** Up to 1000 segments spread over a day. */
const segmentLists = fc
  .uniqueArray(fc.double({ min: 0, max: day, noNaN: true }), { minLength: 1, maxLength: 1000 })
  .chain((starts) =>
    fc
      .array(fc.double({ min: 10, max: 999, noNaN: true }), { minLength: starts.length, maxLength: starts.length })
      .map((tempi) => starts.map((start, index) => segment(start, tempi[index] ?? 120))),
  );

describe('constant tempo', () => {
  const map = new TempoMap({ timebase: 'beats', tempo_segments: [segment(0, 120)] });

  test('at 120 bpm a beat lasts half a second', () => {
    expect(map.beatsToSeconds(7)).toBe(3.5);
    expect(map.secondsToBeats(3.5)).toBe(7);
  });

  test('holds before zero too', () => {
    expect(map.beatsToSeconds(-2)).toBe(-1);
    expect(map.secondsToBeats(-1)).toBe(-2);
  });
});

describe('several tempi', () => {
  const segments = [segment(8, 60), segment(0, 120), segment(12, 240)];

  test('in beats: 8 beats at 120, 4 at 60, the rest at 240', () => {
    const map = new TempoMap({ timebase: 'beats', tempo_segments: segments });
    expect([4, 8, 10, 12, 16].map((beats) => map.beatsToSeconds(beats))).toEqual([2, 4, 6, 8, 9]);
    expect([2, 4, 6, 8, 9].map((seconds) => map.secondsToBeats(seconds))).toEqual([4, 8, 10, 12, 16]);
  });

  test('in seconds: 8 seconds at 120, 4 at 60, the rest at 240', () => {
    const map = new TempoMap({ timebase: 'seconds', tempo_segments: segments });
    expect([8, 12, 13].map((seconds) => map.secondsToBeats(seconds))).toEqual([16, 20, 24]);
    expect(map.toSeconds(13)).toBe(13);
    expect(map.fromBeats(24)).toBe(13);
  });

  test('of two segments at one place the later in the list counts', () => {
    const map = new TempoMap({ timebase: 'beats', tempo_segments: [segment(0, 120), segment(0, 60)] });
    expect(map.beatsToSeconds(1)).toBe(1);
  });
});

test('seconds to beats and back differ by less than 1 ns anywhere in 24 hours, with up to 1000 segments', () => {
  const times = fc.array(fc.double({ min: 0, max: day, noNaN: true }), { minLength: 1, maxLength: 50 });
  fc.assert(
    fc.property(segmentLists, timebases, times, (tempo_segments, timebase, seconds) => {
      const map = new TempoMap({ timebase, tempo_segments });
      for (const time of seconds)
        expect(Math.abs(map.beatsToSeconds(map.secondsToBeats(time)) - time)).toBeLessThan(1e-9);
      for (const position of seconds) {
        const back = map.fromSeconds(map.toSeconds(position));
        expect(Math.abs(map.toSeconds(back) - map.toSeconds(position))).toBeLessThan(1e-9);
      }
    }),
    { numRuns: 60 },
  );
});

test('later beats are later seconds', () => {
  fc.assert(
    fc.property(
      segmentLists,
      timebases,
      fc.double({ min: 0, max: day, noNaN: true }),
      (tempo_segments, timebase, beats) => {
        const map = new TempoMap({ timebase, tempo_segments });
        expect(map.beatsToSeconds(beats + 1e-3)).toBeGreaterThan(map.beatsToSeconds(beats));
      },
    ),
    { numRuns: 60 },
  );
});

test('a list of segments is compiled once per timebase', () => {
  const tempo_segments = [segment(0, 120)];
  const map = tempoMapOf({ timebase: 'beats', tempo_segments });
  expect(tempoMapOf({ timebase: 'beats', tempo_segments })).toBe(map);
  expect(tempoMapOf({ timebase: 'seconds', tempo_segments }).toSeconds(3)).toBe(3);
});
