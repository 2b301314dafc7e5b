// How a nested timeline is laid out whose follow actions and events move its playhead: stretch by stretch, as it would be played.
import type { Seconds } from '../core/units.ts';
import type { TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import type { Arrival, Arrivals } from './arrivals.ts';
import type { EngineTrigger, TriggerAction } from './audio-engine.ts';
import { choiceOf } from './choice.ts';
import type { ContentEnds } from './content-end.ts';
import { type Bounds, boundsOf, type Clock, clockFrom, endOf, limitOf, type Stretch } from './nested-stretches.ts';
import { timelineOf } from './timeline-places.ts';

export interface FollowedStretch extends Stretch {
  /** What is reached on the way and does not move the playhead, in seconds of the timeline on top. */
  readonly reached: readonly EngineTrigger[];
}

/** Half a frame: what lies closer together is met on one frame, and where the playhead is put it does not arrive. */
const together: Seconds = 1e-5;

/** For one state of the objects. */
export interface Followed {
  readonly objects: ObjectReader;
  readonly ends: ContentEnds;
  readonly arrivals: Arrivals;
}

/**
 * The stretches of a nested timeline that moves by itself, in order. It lasts as long on its parent as its duration says; without
 * one as long as its content would, played straight. Counts and choices begin anew with each nested clip.
 *
 * @param start seconds of the parent at which it begins
 */
export function* followedStretches(
  followed: Followed,
  parent: Clock,
  clip: TimelineClipAtome,
  start: Seconds,
): Generator<FollowedStretch> {
  const nested = timelineOf(followed.objects, clip.nested_timeline_id);
  if (!nested) return;
  const bounds = boundsOf(followed.objects, nested, clip);
  const until = lastMoment(followed, parent, clip, nested, bounds, start);
  const endless = until === Number.POSITIVE_INFINITY;
  const playing = new Playing(followed, followed.arrivals.of(nested.id), bounds);
  let [from, begin]: [Seconds | undefined, Seconds] = [bounds.from, parent.toTop(start)];
  for (let index = 0; from !== undefined && begin < until - together; index++) {
    const clock = clockFrom(parent, nested, clip, from, begin);
    const { end, reached, next } = playing.from(clock, from, begin, until);
    const { toTop, fromTop } = clock;
    yield { index, timeline: nested, from, to: fromTop(end), begin, end, toTop, fromTop, endless, reached };
    [from, begin] = [next, end];
  }
}

function lastMoment(
  { ends }: Followed,
  parent: Clock,
  clip: TimelineClipAtome,
  nested: TimelineAtome,
  { from, to, again }: Bounds,
  start: Seconds,
): Seconds {
  const limit = limitOf(parent, clip, start);
  if (again !== undefined || limit !== Number.POSITIVE_INFINITY) return limit;
  return endOf(ends, clockFrom(parent, nested, clip, from, parent.toTop(start)), to);
}

/** What a stretch comes to. */
interface Outcome {
  readonly end: Seconds;
  readonly reached: readonly EngineTrigger[];
  /** Where it goes on; undefined when it has stopped. */
  readonly next: Seconds | undefined;
}

/** One playing of a nested timeline: knows how often each trigger has fired. */
class Playing {
  readonly #followed: Followed;
  readonly #arrivals: readonly Arrival[];
  readonly #bounds: Bounds;
  readonly #firings = new Map<Arrival, number>();

  constructor(followed: Followed, arrivals: readonly Arrival[], bounds: Bounds) {
    this.#followed = followed;
    this.#arrivals = arrivals;
    this.#bounds = bounds;
  }

  /** Plays on from a place that the clock puts at `begin`, to where something moves the playhead. */
  from(clock: Clock, from: Seconds, begin: Seconds, until: Seconds): Outcome {
    const ahead = this.#arrivals
      .filter((arrival) => this.#firingsOf(arrival) < (arrival.trigger.times ?? Number.POSITIVE_INFINITY))
      .map((arrival) => ({ arrival, at: this.#followed.arrivals.timeIn(clock, arrival) }))
      .filter(({ at }) => at > begin + together);
    const { to, again } = this.#bounds;
    const edge = from < to && to !== Number.POSITIVE_INFINITY ? clock.toTop(to) : Number.POSITIVE_INFINITY;
    const moves = ahead.filter(({ arrival }) => isMove(arrival.trigger.action));
    const end = Math.min(until, edge, ...moves.map(({ at }) => at));
    const met = ahead.filter(({ at }) => at <= end + together);
    const reached = met.flatMap(({ arrival: { trigger }, at }) => {
      const { id, action } = trigger;
      return isMove(action) ? [] : [{ id, atSeconds: Math.min(at, end), action }];
    });
    const wanted = met.find(({ arrival }) => isMove(arrival.trigger.action));
    const next = wanted ? this.#placeOf(wanted.arrival) : again;
    for (const { arrival } of met) this.#firings.set(arrival, this.#firingsOf(arrival) + 1);
    return { end, reached, next };
  }

  #placeOf(arrival: Arrival): Seconds | undefined {
    const { action } = arrival.trigger;
    if (action.type === 'jump') return action.seconds;
    if (action.type !== 'choose') return undefined;
    return action.seconds[choiceOf(action.seed, this.#firingsOf(arrival), action.seconds.length)];
  }

  #firingsOf(arrival: Arrival): number {
    return this.#firings.get(arrival) ?? 0;
  }
}

const isMove = ({ type }: TriggerAction): boolean => type === 'jump' || type === 'choose' || type === 'stop';
