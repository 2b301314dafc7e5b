// A tempo map compiled from its segments: musical time to seconds and back, exactly.
import { distance, type ExactSum, exactly, plus } from './exact-sum.ts';
import { beatsAt, beatsOfRamp, bpmAt, secondsAt, secondsOver, type TempoStretch } from './tempo-stretch.ts';
import type { Beats, Seconds } from './units.ts';

/** Where a tempo and a time signature begin; `start_position` is in the timeline's timebase. */
export interface TempoSegmentLike {
  readonly start_position: number;
  /** Quarter notes per minute, whatever the time signature's denominator. */
  readonly bpm: number;
  /** "4/4" */
  readonly time_signature: string;
  /** `linear`: the tempo moves to the next segment's, evenly in beats; the last segment holds. Default `step`. */
  readonly curve?: 'step' | 'linear' | undefined;
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
  readonly numerator: number;
  readonly denominator: number;
  /** Quarter notes per bar. */
  readonly barBeats: Beats;
  /** A bar line at or before the segment's start, in beats, and the number of the bar that begins there (from 1). */
  readonly barLine: Beats;
  readonly barNumber: number;
}

/** With both starts as exact as they are computed with, and how time passes from there. */
interface Segment extends CompiledTempoSegment {
  readonly startBeats: ExactSum;
  readonly startSeconds: ExactSum;
  readonly stretch: TempoStretch;
}

/**
 * Converts between beats (quarter notes), seconds and positions in the timeline's own timebase. The two directions are
 * each other's inverse inside a segment and meet at its ends, so that one undoes the other to within the rounding of a
 * double.
 */
export class TempoMap {
  readonly timebase: 'seconds' | 'beats';
  readonly #segments: readonly Segment[];

  /** @param source segments in any order; the first one's tempo also holds for the time before it. */
  constructor(source: TempoSource) {
    this.timebase = source.timebase;
    this.#segments = compile(source);
  }

  get segments(): readonly CompiledTempoSegment[] {
    return this.#segments;
  }

  beatsToSeconds(beats: Beats): Seconds {
    return secondsAt(this.#at(beats).stretch, beats);
  }

  secondsToBeats(seconds: Seconds): Beats {
    const segment = last(this.#segments, (candidate) => distance(seconds, candidate.startSeconds) >= 0);
    return beatsAt(segment.stretch, seconds);
  }

  /** Quarter notes per minute. */
  bpmAt(beats: Beats): number {
    return bpmAt(this.#at(beats).stretch, beats);
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
    return this.#at(beats);
  }

  #at(beats: Beats): Segment {
    return last(this.#segments, (candidate) => distance(beats, candidate.startBeats) >= 0);
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

function compile({ timebase, tempo_segments }: TempoSource): Segment[] {
  const ordered = inOrder(tempo_segments);
  const compiled: Segment[] = [];
  let start: Start = { startBeats: exactly(0), startSeconds: exactly(0) };
  for (const [index, segment] of ordered.entries()) {
    const next = ordered[index + 1];
    const [numerator = 4, denominator = 4] = segment.time_signature.split('/').map(Number);
    const end = next && endOf(start, segment, next, timebase);
    compiled.push({
      ...start,
      beats: start.startBeats.high,
      seconds: start.startSeconds.high,
      ...barLineOf(start.startBeats.high, numerator, denominator, compiled.at(-1)),
      numerator,
      denominator,
      barBeats: (numerator * 4) / denominator,
      stretch: stretchOf(start, segment, end, next),
    });
    if (end) start = end;
  }
  return compiled;
}

/** Sorted by start; of several at one place the last one counts. The first begins at zero and holds before it. */
function inOrder(segments: readonly TempoSegmentLike[]): TempoSegmentLike[] {
  const sorted = segments.toSorted((a, b) => a.start_position - b.start_position);
  const distinct = sorted.filter((segment, index) => segment.start_position !== sorted[index + 1]?.start_position);
  const [first = { start_position: 0, bpm: 120, time_signature: '4/4' }, ...later] = distinct;
  const held: TempoSegmentLike = { ...first, start_position: 0, curve: 'step' };
  return isRamp(first, later[0]) ? [held, first, ...later] : [held, ...later];
}

/** Beats. Anything shorter is a step: its slope would leave the range of doubles. */
const shortestRamp = 1e-12;

type Start = Pick<Segment, 'startBeats' | 'startSeconds'>;

const isRamp = (segment: TempoSegmentLike, next: TempoSegmentLike | undefined): next is TempoSegmentLike =>
  segment.curve === 'linear' && next !== undefined && next.bpm !== segment.bpm;

/** Where the next segment starts: one of its two places is given, the other follows from the tempo on the way. */
function endOf(
  { startBeats, startSeconds }: Start,
  segment: TempoSegmentLike,
  next: TempoSegmentLike,
  timebase: TempoSource['timebase'],
): Start {
  const faster = isRamp(segment, next) ? Math.max(segment.bpm, next.bpm) : segment.bpm;
  const slower = isRamp(segment, next) ? Math.min(segment.bpm, next.bpm) : segment.bpm;
  const given = exactly(next.start_position);
  if (timebase === 'seconds') {
    const beats = beatsOfRamp(distance(next.start_position, startSeconds), slower, faster);
    return { startBeats: plus(startBeats, beats), startSeconds: given };
  }
  const beats = distance(next.start_position, startBeats);
  const slope = beats > shortestRamp ? (faster - slower) / beats : 0;
  return { startBeats: given, startSeconds: plus(startSeconds, secondsOver({ anchorBpm: slower, slope }, beats)) };
}

function stretchOf(
  start: Start,
  segment: TempoSegmentLike,
  end: Start | undefined,
  next: TempoSegmentLike | undefined,
): TempoStretch {
  const beats = end ? distance(end.startBeats.high, start.startBeats) + end.startBeats.low : 0;
  if (!end || !isRamp(segment, next) || beats <= shortestRamp) {
    return { anchorBeats: start.startBeats, anchorSeconds: start.startSeconds, anchorBpm: segment.bpm, slope: 0 };
  }
  const slope = (next.bpm - segment.bpm) / beats;
  const [anchor, anchorBpm] = slope > 0 ? [start, segment.bpm] : [end, next.bpm];
  return { anchorBeats: anchor.startBeats, anchorSeconds: anchor.startSeconds, anchorBpm, slope };
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
