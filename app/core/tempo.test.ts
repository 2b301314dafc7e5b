// Tempo maps against exact arithmetic, and both directions against each other.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TempoMap, type TempoSegmentLike, tempoMapOf } from './tempo.ts';
import { exactSeconds } from './testing/exact-tempo.ts';

const segment = (start_position: number, bpm: number, time_signature = '4/4'): TempoSegmentLike => ({
  start_position,
  bpm,
  time_signature,
});

const day = 24 * 3600;
const timebases = fc.constantFrom('seconds', 'beats');

const ramp = (start_position: number, bpm: number, time_signature = '4/4'): TempoSegmentLike => ({
  ...segment(start_position, bpm, time_signature),
  curve: 'linear',
});

/** Up to 1000 segments of both curves spread over a day. */
const segmentLists = fc.array(
  fc.record({
    start_position: fc.double({ min: 0, max: day, noNaN: true }),
    bpm: fc.double({ min: 10, max: 999, noNaN: true }),
    time_signature: fc.constantFrom('4/4', '7/8', '3/2'),
    curve: fc.constantFrom('step' as const, 'linear' as const),
  }),
  { minLength: 1, maxLength: 1000, size: 'max' },
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

describe('a ramp from 60 to 120 over 8 beats', () => {
  const inBeats = new TempoMap({ timebase: 'beats', tempo_segments: [segment(0, 60), ramp(4, 60), segment(12, 120)] });
  /** The integral of 60 / (60 + 7.5 d) over d from 0 to 8. */
  const length = 8 * Math.log(2);

  test('takes 8 ln 2 seconds, half its tempo at half its beats', () => {
    expect(inBeats.beatsToSeconds(12)).toBeCloseTo(4 + length, 12);
    expect([4, 8, 10, 11.999, 12, 40].map((beats) => inBeats.bpmAt(beats))).toEqual([60, 90, 105, 119.9925, 120, 120]);
    expect(inBeats.beatsToSeconds(8)).toBeCloseTo(4 + 8 * Math.log(1.5), 12);
    expect(inBeats.secondsToBeats(4 + 8 * Math.log(1.5))).toBeCloseTo(8, 12);
    expect(inBeats.beatsToSeconds(14)).toBeCloseTo(5 + length, 12);
  });

  test('is the same in a timeline in seconds, where its length gives its beats', () => {
    const inSeconds = new TempoMap({
      timebase: 'seconds',
      tempo_segments: [segment(0, 60), ramp(4, 60), segment(4 + length, 120)],
    });
    for (const beats of [0, 4, 5, 8, 11.9, 12, 20]) {
      expect(inSeconds.fromBeats(beats)).toBeCloseTo(inBeats.beatsToSeconds(beats), 12);
      expect(inSeconds.bpmAt(beats)).toBeCloseTo(inBeats.bpmAt(beats), 9);
    }
  });

  test('slows down as it speeds up, mirrored', () => {
    const slowing = new TempoMap({ timebase: 'beats', tempo_segments: [ramp(0, 120), segment(8, 60)] });
    for (const beats of [0.5, 2, 7]) {
      const mirrored = length - (inBeats.beatsToSeconds(12 - beats) - 4);
      expect(slowing.beatsToSeconds(beats)).toBeCloseTo(mirrored, 12);
    }
  });

  test('the first segment holds before it starts, the last one after', () => {
    const map = new TempoMap({ timebase: 'beats', tempo_segments: [ramp(4, 60), ramp(12, 120)] });
    expect([-3, 0, 3, 4].map((beats) => map.beatsToSeconds(beats))).toEqual([-3, 0, 3, 4]);
    expect([-3, 3.9, 12, 1000].map((beats) => map.bpmAt(beats))).toEqual([60, 60, 120, 120]);
    expect(map.beatsToSeconds(14) - map.beatsToSeconds(12)).toBe(1);
  });
});

test('the flatter a ramp, the closer it comes to no ramp, down to the last bit', () => {
  const [start, end] = [0, 40_000];
  const constant = new TempoMap({ timebase: 'beats', tempo_segments: [segment(0, 100)] });
  for (const rise of [1e-3, 1e-6, 1e-9, 2 ** -46]) {
    const rising = new TempoMap({ timebase: 'beats', tempo_segments: [ramp(start, 100), segment(end, 100 + rise)] });
    for (const beats of [1, 123.456, 39_999]) {
      const seconds = constant.beatsToSeconds(beats);
      // To the second order the tempo on the way is the mean of the two ends.
      const expected = seconds * (1 - (rise * beats) / end / 200);
      expect(Math.abs(rising.beatsToSeconds(beats) / expected - 1)).toBeLessThan(1e-12 + rise * rise);
      expect(Math.abs(rising.secondsToBeats(rising.beatsToSeconds(beats)) / beats - 1)).toBeLessThan(1e-15);
    }
  }
});

test('agrees with arithmetic of 60 digits to 0.1 ns, anywhere in 24 hours, with 1000 segments', () => {
  const places = fc.array(fc.double({ min: 0, max: day, noNaN: true }), { minLength: 1, maxLength: 10 });
  fc.assert(
    fc.property(segmentLists, timebases, places, (tempo_segments, timebase, positions) => {
      const map = new TempoMap({ timebase, tempo_segments });
      for (const position of positions) {
        const beats = map.toBeats(position);
        const difference = map.beatsToSeconds(beats) - exactSeconds({ timebase, tempo_segments }, beats);
        // Beyond a day, where slow segments in beats lead, doubles of seconds are coarser than that.
        if (map.beatsToSeconds(beats) <= day) expect(Math.abs(difference)).toBeLessThan(1e-10);
      }
    }),
    { numRuns: 15 },
  );
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
