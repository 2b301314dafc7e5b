// What a timeline's own playhead sets off where it arrives: its follow actions and the events that move it.
import type { Seconds } from '../core/units.ts';
import type { ObjectReader } from '../session/types.ts';
import type { EngineTrigger } from './audio-engine.ts';
import type { ContentEnds } from './content-end.ts';
import { followsOf } from './follow-triggers.ts';
import type { Clock } from './nested-stretches.ts';
import { ownEventMoves } from './passage-triggers.ts';
import { timelineOf } from './timeline-places.ts';

export interface Arrival {
  /** As the timeline's own playhead meets it, in the timeline's seconds. */
  readonly trigger: EngineTrigger;
  /** What has ended then: a clip, by id, or all content; undefined for a place. */
  readonly after?: { readonly clipId: string } | 'content' | undefined;
}

/** For one state of the objects; what was worked out is kept. */
export class Arrivals {
  readonly #objects: ObjectReader;
  readonly #ends: ContentEnds;
  readonly #known = new Map<string, readonly Arrival[]>();

  constructor(objects: ObjectReader, ends: ContentEnds) {
    this.#objects = objects;
    this.#ends = ends;
  }

  /** In the order in which they count where several meet. */
  of(timelineId: string): readonly Arrival[] {
    const known = this.#known.get(timelineId);
    if (known) return known;
    const timeline = timelineOf(this.#objects, timelineId);
    const arrivals: Arrival[] = timeline
      ? [
          ...ownEventMoves(this.#objects, timeline).map((trigger) => ({ trigger })),
          ...followsOf(this.#objects, this.#ends, timeline),
        ]
      : [];
    this.#known.set(timelineId, arrivals);
    return arrivals;
  }

  /** When it is met by a timeline that is played by that clock, in seconds on top: sounds last as long as they do. */
  timeIn(clock: Clock, { trigger, after }: Arrival): Seconds {
    if (after === 'content') return this.#ends.endIn(clock);
    const clip = after && this.#objects.get(after.clipId);
    return clip && 'play_position' in clip ? this.#ends.spanIn(clock, clip).end : clock.toTop(trigger.atSeconds);
  }
}
