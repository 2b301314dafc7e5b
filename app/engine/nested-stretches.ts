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
}

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

interface Bounds {
  readonly from: Seconds;
  /** Infinity: as far as there is content. */
  readonly to: Seconds;
  /** Where it goes on from when it comes to `to`. */
  readonly again: Seconds | undefined;
}

/** Tells where the content of a timeline ends as it is played. */
interface Ends {
  endIn(clock: Clock): Seconds;
}

/**
 * The stretches of a nested timeline, in order; without end where it loops and has no duration.
 *
 * @param ends where timelines end.
 * @param start seconds of the parent at which it begins.
 */
export function* stretchesOf(
  objects: ObjectReader,
  ends: Ends,
  parent: Clock,
  clip: TimelineClipAtome,
  start: Seconds,
): Generator<Stretch> {
  const nested = timelineOf(objects, clip.nested_timeline_id);
  if (!nested) return;
  const { from, to, again } = boundsOf(objects, nested, clip);
  const limit = limitOf(parent, clip, start);
  const layOut = clip.tempo === 'own' ? atOwnTempo : atTempoOfParent;
  for (let index = 0; ; index++) {
    const first = index === 0 || again === undefined ? from : again;
    const toTop = layOut(parent, nested, start, { from, to, again }, index);
    // What is repeated begins where the time before ended, to the last bit.
    const next = again === undefined ? undefined : layOut(parent, nested, start, { from, to, again }, index + 1);
    const natural = next && again !== undefined ? next(again) : endOf(ends, { timeline: nested, toTop }, to);
    const begin = toTop(first);
    const end = Math.min(natural, limit);
    if (!(end > begin)) return;
    const endless = again !== undefined && limit === Number.POSITIVE_INFINITY;
    yield { index, timeline: nested, from: first, to, begin, end, toTop, endless };
    if (again === undefined || natural >= limit) return;
  }
}

const endOf = (ends: Ends, clock: Clock, to: Seconds): Seconds =>
  to === Number.POSITIVE_INFINITY ? ends.endIn(clock) : clock.toTop(to);

function boundsOf(
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

function limitOf({ timeline, toTop }: Clock, { duration }: TimelineClipAtome, start: Seconds): Seconds {
  if (duration === null) return Number.POSITIVE_INFINITY;
  const tempo = tempoMapOf(timeline);
  return toTop(tempo.toSeconds(tempo.fromSeconds(start) + duration));
}

/** How much of the nested timeline was played before a time round. */
const before = (index: number, whole: number, round: number): number => (index === 0 ? 0 : whole + (index - 1) * round);

function atOwnTempo(
  parent: Clock,
  _nested: TimelineAtome,
  start: Seconds,
  { from, to, again = from }: Bounds,
  index: number,
): Clock['toTop'] {
  const begin = parent.toTop(start) + before(index, to - from, to - again);
  const first = index === 0 ? from : again;
  return (seconds) => begin + (seconds - first);
}

function atTempoOfParent(
  parent: Clock,
  nested: TimelineAtome,
  start: Seconds,
  { from, to, again = from }: Bounds,
  index: number,
): Clock['toTop'] {
  const outer = tempoMapOf(parent.timeline);
  const inner = tempoMapOf(nested);
  const beats = (seconds: Seconds): Beats => inner.secondsToBeats(seconds);
  const whole = index === 0 ? 0 : before(index, beats(to) - beats(from), beats(to) - beats(again));
  const begin = outer.secondsToBeats(start) + whole - beats(index === 0 ? from : again);
  return (seconds) => parent.toTop(outer.beatsToSeconds(begin + beats(seconds)));
}
