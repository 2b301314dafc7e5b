// The events of a timeline that start, stop and change clips, as they happen along one stretch of it.
import type { Seconds } from '../core/units.ts';
import type { TimelineEventAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import { type LevelChange, levelChange } from './mix-levels.ts';
import type { Clock } from './nested-stretches.ts';
import { placeOf } from './timeline-places.ts';

interface ClipEvents {
  readonly starts: { readonly id: string; readonly at: Seconds }[];
  /** Seconds of the timeline on top. */
  readonly stops: Seconds[];
  readonly changes: LevelChange[];
}

const none: ClipEvents = { starts: [], stops: [], changes: [] };

export const isAudioEvent = ({ type }: TimelineEventAtome): boolean => type.startsWith('audio_clip_');

export class AudioEvents {
  readonly #byClip = new Map<string, ClipEvents>();

  /** @param stretch where it is played, up to `to`; what events have done before where it begins is in force there. */
  constructor(objects: ObjectReader, stretch: Clock & { readonly to?: Seconds }) {
    const { timeline, toTop, to = Number.POSITIVE_INFINITY } = stretch;
    for (const event of objects.ofTimeline(timeline.id, 'TimelineEventAtome')) {
      if (event.muted || event.target_clip_id === null || !isAudioEvent(event)) continue;
      const place = placeOf(timeline, event);
      if (place < to) this.#add(event, event.target_clip_id, place, toTop(place));
    }
    for (const { stops, changes } of this.#byClip.values()) {
      stops.sort((a, b) => a - b);
      changes.sort((a, b) => a.at - b.at);
    }
  }

  /** Those that have events start more often than where they lie. */
  targets(): Iterable<string> {
    return this.#byClip.keys();
  }

  /** Where a clip is started besides its own place, in the timeline's seconds. */
  startsOf(clipId: string): ClipEvents['starts'] {
    return this.#of(clipId).starts;
  }

  /** When what began to sound at `start` is stopped, in seconds of the timeline on top; Infinity when it is not. */
  stopOf(clipId: string, start: Seconds): Seconds {
    return this.#of(clipId).stops.find((stop) => stop > start) ?? Number.POSITIVE_INFINITY;
  }

  changesOf(clipId: string): readonly LevelChange[] {
    return this.#of(clipId).changes;
  }

  #of(clipId: string): ClipEvents {
    return this.#byClip.get(clipId) ?? none;
  }

  #add(event: TimelineEventAtome, clipId: string, place: Seconds, at: Seconds): void {
    const known = this.#byClip.get(clipId) ?? { starts: [], stops: [], changes: [] };
    this.#byClip.set(clipId, known);
    if (event.type === 'audio_clip_start') known.starts.push({ id: event.id, at: place });
    else if (event.type === 'audio_clip_stop') known.stops.push(at);
    else known.changes.push(levelChange(event, at));
  }
}
