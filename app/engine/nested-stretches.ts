// How a nested timeline is laid out along its parent: one stretch, or as many as its loop has times round.
import { tempoMapOf } from '../core/tempo.ts';
import type { Beats, Seconds } from '../core/units.ts';
import type { TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import { markerPlace, timelineOf } from './timeline-places.ts';

/** A timeline as the one on top plays it: at which of its seconds a place of this timeline is played. */
export interface Clock {
  readonly timeline: TimelineAtome;
  readonly toTop: (seconds: Seconds) => Seconds;
  readonly fromTop: (seconds: Seconds) => Seconds;
}

/** The timeline on top itself. */
export const ownClock = (timeline: TimelineAtome): Clock => ({ timeline, toTop: asItIs, fromTop: asItIs });

const asItIs = (seconds: Seconds): Seconds => seconds;

/** A stretch `[from, to)` of a nested timeline, in its own seconds, and when it is played. */
export interface Stretch extends Clock {
  /** Counts the times round. */
  readonly index: number;
  readonly from: Seconds;
  readonly to: Seconds;
  /** Seconds of the timeline on top; `end` is what a duration leaves of it. */
  readonly begin: Seconds;
  readonly end: Seconds;
  /** It is repeated without end. */
  readonly endless: boolean;
}

/** What of a timeline is played by one that nests it. */
export interface Bounds {
  readonly from: Seconds;
  /** Infinity: as far as there is content. */
  readonly to: Seconds;
  /** Where it goes on from when it comes to `to`. */
  readonly again: Seconds | undefined;
}

/** Far more than fit into any project. */
const mostRounds = 2 ** 32;

/** Tells where the content of a timeline ends as it is played. */
export interface Ends {
  endIn(clock: Clock): Seconds;
}

/**
 * The stretches of a nested timeline, in order; without end where it loops and has no duration.
 *
 * @param ends where timelines end.
 * @param start seconds of the parent at which it begins.
 * @param after seconds of the timeline on top: times round that are over by then may be left out.
 */
export function* stretchesOf(
  objects: ObjectReader,
  ends: Ends,
  parent: Clock,
  clip: TimelineClipAtome,
  start: Seconds,
  after = Number.NEGATIVE_INFINITY,
): Generator<Stretch> {
  const nested = timelineOf(objects, clip.nested_timeline_id);
  if (!nested) return;
  const { from, to, again } = boundsOf(objects, nested, clip);
  const limit = limitOf(parent, clip, start);
  const layOut = clip.tempo === 'own' ? atOwnTempo : atTempoOfParent;
  const isLater = (index: number): boolean =>
    again === undefined || layOut(parent, nested, start, { from, to, again }, index).toTop(again) > after;
  let index = again === undefined ? 0 : lastBefore(isLater);
  for (let clock = layOut(parent, nested, start, { from, to, again }, index); ; index++) {
    const first = index === 0 || again === undefined ? from : again;
    // What is repeated begins where the time before ended, to the last bit.
    const next = again === undefined ? undefined : layOut(parent, nested, start, { from, to, again }, index + 1);
    const natural = next && again !== undefined ? next.toTop(again) : endOf(ends, clock, to);
    const begin = clock.toTop(first);
    const end = Math.min(natural, limit);
    if (!(end > begin)) return;
    const endless = again !== undefined && limit === Number.POSITIVE_INFINITY;
    const { toTop, fromTop } = clock;
    yield { index, timeline: nested, from: first, to, begin, end, toTop, fromTop, endless };
    if (!next || natural >= limit) return;
    clock = next;
  }
}

/** The last index from 0 that is not later, or 0; later ones go on being later. */
function lastBefore(isLater: (index: number) => boolean): number {
  let beyond = 1;
  while (beyond < mostRounds && !isLater(beyond)) beyond *= 2;
  let low = Math.floor(beyond / 2);
  for (let high = beyond; high - low > 1; ) {
    const middle = Math.floor((low + high) / 2);
    if (isLater(middle)) high = middle;
    else low = middle;
  }
  return low;
}

export const endOf = (ends: Ends, clock: Clock, to: Seconds): Seconds =>
  to === Number.POSITIVE_INFINITY ? ends.endIn(clock) : clock.toTop(to);

export function boundsOf(
  objects: ObjectReader,
  nested: TimelineAtome,
  { start_marker_id, end_marker_id, loop_markers }: TimelineClipAtome,
): Bounds {
  const from = markerPlace(objects, nested, start_marker_id) ?? 0;
  const again = markerPlace(objects, nested, loop_markers?.start_marker_id);
  const to = markerPlace(objects, nested, loop_markers?.end_marker_id);
  if (again !== undefined && to !== undefined && again < to) return { from: from < to ? from : again, to, again };
  return { from, to: markerPlace(objects, nested, end_marker_id) ?? Number.POSITIVE_INFINITY, again: undefined };
}

/** Where its duration cuts it off, in seconds of the timeline on top; Infinity without one. */
export function limitOf({ timeline, toTop }: Clock, { duration }: TimelineClipAtome, start: Seconds): Seconds {
  if (duration === null) return Number.POSITIVE_INFINITY;
  const tempo = tempoMapOf(timeline);
  return toTop(tempo.toSeconds(tempo.fromSeconds(start) + duration));
}

/** How much of the nested timeline was played before a time round. */
const before = (index: number, whole: number, round: number): number => (index === 0 ? 0 : whole + (index - 1) * round);

function atOwnTempo(
  parent: Clock,
  nested: TimelineAtome,
  start: Seconds,
  { from, to, again = from }: Bounds,
  index: number,
): Clock {
  const begin = parent.toTop(start) + before(index, to - from, to - again);
  return anchored(nested, index === 0 ? from : again, begin);
}

/** At its own tempo, with its second `from` at `begin`. */
const anchored = (timeline: TimelineAtome, from: Seconds, begin: Seconds): Clock => ({
  timeline,
  toTop: (seconds) => begin + (seconds - from),
  fromTop: (seconds) => from + (seconds - begin),
});

function atTempoOfParent(
  parent: Clock,
  nested: TimelineAtome,
  start: Seconds,
  { from, to, again = from }: Bounds,
  index: number,
): Clock {
  const inner = tempoMapOf(nested);
  const beats = (seconds: Seconds): Beats => inner.secondsToBeats(seconds);
  const whole = index === 0 ? 0 : before(index, beats(to) - beats(from), beats(to) - beats(again));
  const begin = tempoMapOf(parent.timeline).secondsToBeats(start) + whole;
  return beatForBeat(parent, nested, begin - beats(index === 0 ? from : again));
}

/** With its beats at those of its parent. @param offset the parent's beat at which its zero lies */
function beatForBeat(parent: Clock, timeline: TimelineAtome, offset: Beats): Clock {
  const [outer, inner] = [tempoMapOf(parent.timeline), tempoMapOf(timeline)];
  return {
    timeline,
    toTop: (seconds) => parent.toTop(outer.beatsToSeconds(offset + inner.secondsToBeats(seconds))),
    fromTop: (seconds) => inner.beatsToSeconds(outer.secondsToBeats(parent.fromTop(seconds)) - offset),
  };
}

/** A nested timeline that goes on with its second `from` at `begin` seconds of the timeline on top. */
export function clockFrom(
  parent: Clock,
  nested: TimelineAtome,
  { tempo }: Pick<TimelineClipAtome, 'tempo'>,
  from: Seconds,
  begin: Seconds,
): Clock {
  if (tempo === 'own') return anchored(nested, from, begin);
  const beat = tempoMapOf(parent.timeline).secondsToBeats(parent.fromTop(begin));
  return beatForBeat(parent, nested, beat - tempoMapOf(nested).secondsToBeats(from));
}
