// Where clips have been played to their end, those inside nested timelines included, as a timeline on top plays them.
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { AnyClip, TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import { anyClipsOf } from './any-clips.ts';
import { lengthOf } from './clip-time.ts';
import { movesByItself } from './own-moves.ts';
import { placeOfMarker, positionOfPoint } from './place.ts';
import type { ObjectReader } from './types.ts';

/** A timeline, and when the one on top plays a place of it; both in seconds. */
interface Clock {
  readonly timeline: TimelineAtome;
  readonly toTop: (seconds: Seconds) => Seconds;
}

const asItIs = (seconds: Seconds): Seconds => seconds;

/** At timelines within timelines; where there are more, the last ones count for nothing. */
const mostLooks = 100_000;

/** Answers for one state of the objects. */
export class PlayedEnds {
  readonly #objects: ObjectReader;
  /** What is being looked at: a timeline that is met again inside itself adds nothing. */
  readonly #around = new Set<string>();
  #looks = 0;

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  /** In seconds of the timeline that the clip lies on; Infinity for what repeats itself without end. */
  of(timeline: TimelineAtome, clip: AnyClip): Seconds {
    const clock: Clock = { timeline, toTop: asItIs };
    return this.#endOf(clock, clip, tempoMapOf(timeline).toSeconds(clip.play_position));
  }

  #endOf(clock: Clock, clip: AnyClip, start: Seconds): Seconds {
    const begin = clock.toTop(start);
    switch (clip.kind) {
      case 'AudioClipAtome': {
        const file = this.#objects.get(clip.audio_file_id);
        return file?.kind === 'AudioFileAtome' ? begin + lengthOf(clip, file) : begin;
      }
      case 'ActionClipAtome':
        return begin + clip.duration * clip.repeats;
      case 'TimelineClipAtome':
        return Math.max(begin, this.#nestedEnd(clock, clip, start));
    }
  }

  #nestedEnd(parent: Clock, clip: TimelineClipAtome, start: Seconds): Seconds {
    const nested = this.#objects.get(clip.nested_timeline_id);
    if (nested?.kind !== 'TimelineAtome') return parent.toTop(start);
    const place = (id: string | null | undefined): Seconds | undefined => {
      const position = id ? placeOfMarker(this.#objects, nested, id) : undefined;
      return position === undefined ? undefined : tempoMapOf(nested).toSeconds(position);
    };
    const limit = limitOf(parent, clip, start);
    if (clip.duration !== null && movesByItself(this.#objects, nested.id)) return limit;
    const [again, until] = [place(clip.loop_markers?.start_marker_id), place(clip.loop_markers?.end_marker_id)];
    if (again !== undefined && until !== undefined && again < until) return limit;
    const clock = innerClock(parent, clip, nested, { start, from: place(clip.start_marker_id) ?? 0 });
    const end = place(clip.end_marker_id);
    return Math.min(limit, end === undefined ? this.#contentEnd(clock) : clock.toTop(end));
  }

  /** At the first marker tagged `end`, else with the last clip. */
  #contentEnd(clock: Clock): Seconds {
    const { timeline, toTop } = clock;
    if (this.#around.has(timeline.id) || this.#looks === mostLooks) return toTop(0);
    this.#looks++;
    this.#around.add(timeline.id);
    const end = this.#markedEnd(clock) ?? this.#lastEnd(clock);
    this.#around.delete(timeline.id);
    return end;
  }

  #markedEnd({ timeline, toTop }: Clock): Seconds | undefined {
    const markers = [...this.#objects.ofTimeline(timeline.id, 'TimelineMarkerAtome')];
    const places = markers
      .filter(({ tags }) => tags.includes('end'))
      .map((marker) => positionOfPoint(timeline, marker));
    return places.length === 0 ? undefined : toTop(tempoMapOf(timeline).toSeconds(Math.min(...places)));
  }

  #lastEnd(clock: Clock): Seconds {
    const { timeline, toTop } = clock;
    const tempo = tempoMapOf(timeline);
    let last = toTop(0);
    const reach = (clip: AnyClip, position: number): void => {
      last = Math.max(last, this.#endOf(clock, clip, tempo.toSeconds(position)));
    };
    for (const clip of anyClipsOf(this.#objects, timeline.id)) reach(clip, clip.play_position);
    for (const event of this.#objects.ofTimeline(timeline.id, 'TimelineEventAtome')) {
      if (event.type !== 'audio_clip_start' || event.muted) continue;
      const clip = event.target_clip_id === null ? undefined : this.#objects.get(event.target_clip_id);
      const isHere = clip?.kind === 'TimelineClipAtome' && clip.timeline_id === timeline.id;
      if (clip?.kind === 'AudioClipAtome' || isHere) reach(clip, positionOfPoint(timeline, event));
    }
    return last;
  }
}

/** Where a duration cuts a nested timeline off. */
function limitOf({ timeline, toTop }: Clock, { duration }: TimelineClipAtome, start: Seconds): Seconds {
  if (duration === null) return Number.POSITIVE_INFINITY;
  const tempo = tempoMapOf(timeline);
  return toTop(tempo.toSeconds(tempo.fromSeconds(start) + duration));
}

/** Inside a nested timeline that begins with its second `from` at `start` seconds of its parent. */
function innerClock(
  parent: Clock,
  { tempo }: TimelineClipAtome,
  nested: TimelineAtome,
  { start, from }: { readonly start: Seconds; readonly from: Seconds },
): Clock {
  if (tempo === 'own') {
    const begin = parent.toTop(start);
    return { timeline: nested, toTop: (seconds) => begin + (seconds - from) };
  }
  const [outer, inner] = [tempoMapOf(parent.timeline), tempoMapOf(nested)];
  const begin = outer.secondsToBeats(start) - inner.secondsToBeats(from);
  const toTop = (seconds: Seconds): Seconds =>
    parent.toTop(outer.beatsToSeconds(begin + inner.secondsToBeats(seconds)));
  return { timeline: nested, toTop };
}
