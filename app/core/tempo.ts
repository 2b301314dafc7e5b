// A tempo map compiled from its segments: musical time to seconds and back, exactly.
import type { Beats, Seconds } from './units.ts';

/** Where a tempo and a time signature begin; `start_position` is in the timeline's timebase. */
export interface TempoSegmentLike {
  readonly start_position: number;
  /** Quarter notes per minute, whatever the time signature's denominator. */
  readonly bpm: number;
  /** "4/4" */
  readonly time_signature: string;
}

/** What a timeline says about its own time. */
export interface TempoSource {
  readonly timebase: 'seconds' | 'beats';
  readonly tempo_segments: readonly TempoSegmentLike[];
}

/** A segment with both of its starts and the bar line its bars are counted from. */
export interface CompiledTempoSegment {
  readonly beats: Beats;
  readonly seconds: Seconds;
  readonly bpm: number;
  readonly secondsPerBeat: number;
  readonly numerator: number;
  readonly denominator: number;
  /** Quarter notes per bar. */
  readonly barBeats: Beats;
  /** A bar line at or before the segment's start, in beats, and the number of the bar that begins there (from 1). */
  readonly barLine: Beats;
  readonly barNumber: number;
}

/**
 * Converts between beats (quarter notes), seconds and positions in the timeline's own timebase. Both directions are
 * linear inside a segment and meet at its ends, so that one undoes the other to within the rounding of a double.
 */
export class TempoMap {
  readonly timebase: 'seconds' | 'beats';
  readonly segments: readonly CompiledTempoSegment[];

  /** @param source segments in any order; the first one also holds for the time before it. */
  constructor(source: TempoSource) {
    this.timebase = source.timebase;
    this.segments = compile(source);
  }

  beatsToSeconds(beats: Beats): Seconds {
    const segment = this.segmentAtBeats(beats);
    return segment.seconds + (beats - segment.beats) * segment.secondsPerBeat;
  }

  secondsToBeats(seconds: Seconds): Beats {
    const segment = last(this.segments, (candidate) => candidate.seconds <= seconds);
    return segment.beats + (seconds - segment.seconds) / segment.secondsPerBeat;
  }

  /** Seconds of a position in the timeline's timebase. */
  toSeconds(position: number): Seconds {
    return this.timebase === 'seconds' ? position : this.beatsToSeconds(position);
  }

  /** The position in the timeline's timebase of a time in seconds. */
  fromSeconds(seconds: Seconds): number {
    return this.timebase === 'seconds' ? seconds : this.secondsToBeats(seconds);
  }

  toBeats(position: number): Beats {
    return this.timebase === 'beats' ? position : this.secondsToBeats(position);
  }

  fromBeats(beats: Beats): number {
    return this.timebase === 'beats' ? beats : this.beatsToSeconds(beats);
  }

  segmentAtBeats(beats: Beats): CompiledTempoSegment {
    return last(this.segments, (candidate) => candidate.beats <= beats);
  }
}

const maps = new WeakMap<readonly TempoSegmentLike[], TempoMap>();

/** The timeline's tempo map, compiled once per list of segments; lists are never changed in place. */
export function tempoMapOf(source: TempoSource): TempoMap {
  const known = maps.get(source.tempo_segments);
  if (known?.timebase === source.timebase) return known;
  const map = new TempoMap(source);
  maps.set(source.tempo_segments, map);
  return map;
}

/** The last item that passes, by bisection; the first one when none does. */
function last<Item>(items: readonly Item[], passes: (item: Item) => boolean): Item {
  let low = 0;
  let high = items.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (passes(items[middle] as Item)) low = middle;
    else high = middle - 1;
  }
  return items[low] as Item;
}

function compile(source: TempoSource): CompiledTempoSegment[] {
  const compiled: CompiledTempoSegment[] = [];
  for (const segment of inOrder(source.tempo_segments)) {
    const previous = compiled.at(-1);
    const secondsPerBeat = 60 / segment.bpm;
    const [numerator = 4, denominator = 4] = segment.time_signature.split('/').map(Number);
    const start = startOf(segment.start_position, source.timebase, previous);
    compiled.push({
      ...start,
      ...barLineOf(start.beats, numerator, denominator, previous),
      bpm: segment.bpm,
      secondsPerBeat,
      numerator,
      denominator,
      barBeats: (numerator * 4) / denominator,
    });
  }
  return compiled;
}

/** Sorted by start; of several at one place the last one counts. */
function inOrder(segments: readonly TempoSegmentLike[]): TempoSegmentLike[] {
  const sorted = segments.toSorted((a, b) => a.start_position - b.start_position);
  const distinct = sorted.filter((segment, index) => segment.start_position !== sorted[index + 1]?.start_position);
  return distinct.length > 0 ? distinct : [{ start_position: 0, bpm: 120, time_signature: '4/4' }];
}

function startOf(position: number, timebase: 'seconds' | 'beats', previous: CompiledTempoSegment | undefined) {
  if (!previous) return { beats: 0, seconds: 0 };
  if (timebase === 'beats') {
    return { beats: position, seconds: previous.seconds + (position - previous.beats) * previous.secondsPerBeat };
  }
  return { beats: previous.beats + (position - previous.seconds) / previous.secondsPerBeat, seconds: position };
}

/** A tempo change inside a bar leaves the bars alone; a new time signature starts a new bar. */
function barLineOf(
  beats: Beats,
  numerator: number,
  denominator: number,
  previous: CompiledTempoSegment | undefined,
): { barLine: Beats; barNumber: number } {
  if (!previous) return { barLine: 0, barNumber: 1 };
  if (previous.numerator === numerator && previous.denominator === denominator) {
    return { barLine: previous.barLine, barNumber: previous.barNumber };
  }
  const bars = (beats - previous.barLine) / previous.barBeats;
  return { barLine: beats, barNumber: previous.barNumber + Math.ceil(bars - 1e-9) };
}
