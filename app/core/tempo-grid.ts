// Bars, beats and ticks of a tempo map: the position display, the lines of the grid, and snapping to them.
import type { CompiledTempoSegment, TempoMap } from './tempo.ts';
import type { Beats, Seconds } from './units.ts';

/** Ticks per beat of the time signature. */
export const ticksPerBeat = 960;

/** Bar and beat count from 1, ticks from 0; a beat is the note of the time signature's denominator. */
export interface BarPosition {
  readonly bar: number;
  readonly beat: number;
  readonly tick: number;
}

/** Every so many bars, or every so many quarter notes, counted anew from each bar line. */
export type GridDivision = { readonly bars: number } | { readonly beats: Beats };

export interface GridLine {
  readonly beats: Beats;
  readonly seconds: Seconds;
  readonly level: 'bar' | 'beat' | 'division';
  /** The bar it lies in, from 1. */
  readonly bar: number;
}

/** Rounding of doubles that must not hide a line, in ticks. */
const tolerance = 1e-6;
const noteBeats = (segment: CompiledTempoSegment): Beats => 4 / segment.denominator;

/** Bar, beat and tick of a musical position; what lies between two ticks belongs to the earlier one. */
export function barPositionAt(map: TempoMap, beats: Beats): BarPosition {
  const segment = map.segmentAtBeats(beats + (tolerance / ticksPerBeat) * 4);
  const ticks = Math.floor(((beats - segment.barLine) / noteBeats(segment)) * ticksPerBeat + tolerance);
  const barTicks = segment.numerator * ticksPerBeat;
  const bars = Math.floor(ticks / barTicks);
  const inBar = ticks - bars * barTicks;
  return {
    bar: segment.barNumber + bars,
    beat: 1 + Math.floor(inBar / ticksPerBeat),
    tick: inBar % ticksPerBeat,
  };
}

/** The musical position of a bar, beat and tick. */
export function beatsAt(map: TempoMap, position: BarPosition): Beats {
  const segment = segmentOfBar(map, position.bar);
  const notes = position.beat - 1 + position.tick / ticksPerBeat;
  return segment.barLine + (position.bar - segment.barNumber) * segment.barBeats + notes * noteBeats(segment);
}

/**
 * The lines in [from, to], ascending.
 * @param limit at most so many lines; the caller chooses a division that needs fewer.
 */
export function gridLines(map: TempoMap, from: Beats, to: Beats, division: GridDivision, limit = 10_000): GridLine[] {
  const lines: GridLine[] = [];
  const step = 'bars' in division ? Math.max(1, Math.round(division.bars)) : 1;
  let bar = Math.max(1, barPositionAt(map, Math.max(0, from)).bar);
  bar -= (bar - 1) % step;
  for (; lines.length < limit; bar += step) {
    const start = barStart(map, bar);
    if (start > to) break;
    const within = 'bars' in division ? [start] : linesOfBar(map, bar, division.beats, Math.max(from, start), to);
    for (const beats of within) {
      if (beats < from || lines.length >= limit) continue;
      lines.push({ beats, seconds: map.beatsToSeconds(beats), level: levelOf(map, bar, beats - start), bar });
    }
  }
  return lines;
}

/** The beats of the time signatures in [from, to), ascending: what a metronome clicks. */
export function* beatLines(map: TempoMap, from: Beats, to: Beats): Generator<GridLine> {
  for (let bar = Math.max(1, barPositionAt(map, Math.max(0, from)).bar); ; bar++) {
    const start = barStart(map, bar);
    if (start >= to) return;
    for (const beats of linesOfBar(map, bar, noteBeats(segmentOfBar(map, bar)), Math.max(from, start), to)) {
      if (beats >= to) return;
      yield { beats, seconds: map.beatsToSeconds(beats), level: beats === start ? 'bar' : 'beat', bar };
    }
  }
}

/** The nearest line of the grid, in beats; of two at the same distance the later. */
export function snap(map: TempoMap, beats: Beats, division: GridDivision): Beats {
  const position = Math.max(0, beats);
  const bar = barPositionAt(map, position).bar;
  if ('bars' in division) {
    const step = Math.max(1, Math.round(division.bars));
    const first = bar - ((bar - 1) % step);
    return nearest(position, barStart(map, first), barStart(map, first + step));
  }
  const start = barStart(map, bar);
  const before = start + Math.floor((position - start) / division.beats) * division.beats;
  return nearest(position, before, Math.min(before + division.beats, barStart(map, bar + 1)));
}

const barStart = (map: TempoMap, bar: number): Beats => beatsAt(map, { bar, beat: 1, tick: 0 });

const nearest = (position: Beats, before: Beats, after: Beats): Beats =>
  position - before < after - position ? before : after;

function segmentOfBar(map: TempoMap, bar: number): CompiledTempoSegment {
  let low = 0;
  let high = map.segments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((map.segments[middle] as CompiledTempoSegment).barNumber <= bar) low = middle;
    else high = middle - 1;
  }
  return map.segments[low] as CompiledTempoSegment;
}

function* linesOfBar(map: TempoMap, bar: number, step: Beats, from: Beats, to: Beats): Generator<Beats> {
  const start = barStart(map, bar);
  const end = Math.min(barStart(map, bar + 1) - tolerance / ticksPerBeat, to);
  for (let index = Math.ceil((from - start) / step - tolerance); ; index++) {
    const beats = start + index * step;
    if (beats > end) return;
    yield beats;
  }
}

function levelOf(map: TempoMap, bar: number, offset: Beats): GridLine['level'] {
  if (offset === 0) return 'bar';
  const notes = offset / noteBeats(segmentOfBar(map, bar));
  return Math.abs(notes - Math.round(notes)) < tolerance ? 'beat' : 'division';
}
