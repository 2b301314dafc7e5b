// Where the content of a timeline ends: at a marker tagged `end`, else with its last clip.
import { soundingFrames } from '../core/stretched-frames.ts';
import { tempoMapOf } from '../core/tempo.ts';
import { nearestFrame, type Seconds } from '../core/units.ts';
import type { AnyClip, AudioClipAtome, TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import { type Clock, limitOf, ownClock, stretchesOf } from './nested-stretches.ts';
import { movesByItself } from './own-moves.ts';
import { placeOf } from './timeline-places.ts';

/** At its own tempo a timeline is as long wherever it is played, to within a frame. */
const shifted = (ends: ContentEnds) => ({ endIn: ({ timeline, toTop }: Clock) => toTop(ends.of(timeline)) });

/** At timelines within timelines; who nests that many hears the last ones cut. */
const mostLooks = 100_000;

/** Where a clip begins and ends, in seconds of its timeline. */
export interface ClipSpan {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** Answers for one state of the objects. */
export class ContentEnds {
  readonly #objects: ObjectReader;
  readonly #repeats: 'for ever' | 'once';
  readonly #known = new Map<string, Seconds>();
  readonly #moving = new Map<string, boolean>();
  /** What is being looked at: a timeline that is met again inside itself adds nothing. */
  readonly #around = new Set<string>();
  #looks = 0;

  /** @param repeats what a nested timeline that loops without a duration counts for: Infinity, or its first time round. */
  constructor(objects: ObjectReader, repeats: 'for ever' | 'once') {
    this.#objects = objects;
    this.#repeats = repeats;
  }

  /** Seconds from the timeline's zero; 0 when it is empty. */
  of(timeline: TimelineAtome): Seconds {
    const known = this.#known.get(timeline.id);
    if (known !== undefined) return known;
    const end = this.endIn(ownClock(timeline));
    this.#known.set(timeline.id, end);
    return end;
  }

  /** Where the content ends as it is played: places go by the clock, the sound of a clip by itself. */
  endIn(clock: Clock): Seconds {
    const { timeline, toTop } = clock;
    if (this.#around.has(timeline.id) || this.#looks === mostLooks) return toTop(0);
    this.#looks++;
    this.#around.add(timeline.id);
    const end = this.#markedEnd(clock) ?? this.#lastEnd(clock);
    this.#around.delete(timeline.id);
    return end;
  }

  /** Where a timeline is cut off although there is more of it: at its marker; Infinity without one. */
  cutIn(clock: Clock): Seconds {
    return this.#markedEnd(clock) ?? Number.POSITIVE_INFINITY;
  }

  /** Where a clip lies on its timeline. */
  spanOf(timeline: TimelineAtome, clip: AnyClip): ClipSpan {
    return this.spanIn(ownClock(timeline), clip);
  }

  /** Where a clip lies as it is played. @param start in seconds of the timeline, where it does not begin at its own place */
  spanIn(clock: Clock, clip: AnyClip, start = tempoMapOf(clock.timeline).toSeconds(clip.play_position)): ClipSpan {
    const begin = clock.toTop(start);
    switch (clip.kind) {
      case 'AudioClipAtome':
        return this.#audioSpan(clip, begin);
      case 'ActionClipAtome':
        return { start: begin, end: begin + clip.duration * clip.repeats };
      case 'TimelineClipAtome':
        return { start: begin, end: this.#nestedEnd(clock, clip, start) };
    }
  }

  #markedEnd({ timeline, toTop }: Clock): Seconds | undefined {
    let first: Seconds | undefined;
    for (const marker of this.#objects.ofTimeline(timeline.id, 'TimelineMarkerAtome')) {
      if (!marker.tags.includes('end')) continue;
      const place = placeOf(timeline, marker);
      if (first === undefined || place < first) first = place;
    }
    return first === undefined ? undefined : toTop(first);
  }

  #lastEnd(clock: Clock): Seconds {
    const { timeline, toTop } = clock;
    let last = toTop(0);
    const reach = (clip: AnyClip, start?: Seconds): void => {
      last = Math.max(last, this.spanIn(clock, clip, start).end);
    };
    for (const clip of this.#objects.clipsOf(timeline.id)) reach(clip);
    for (const clip of this.#objects.ofTimeline(timeline.id, 'ActionClipAtome')) reach(clip);
    for (const clip of this.#objects.ofTimeline(timeline.id, 'TimelineClipAtome')) reach(clip);
    for (const event of this.#objects.ofTimeline(timeline.id, 'TimelineEventAtome')) {
      if (event.type !== 'audio_clip_start' || event.muted) continue;
      const clip = event.target_clip_id === null ? undefined : this.#objects.get(event.target_clip_id);
      const isHere = clip?.kind === 'TimelineClipAtome' && clip.timeline_id === timeline.id;
      if (clip?.kind === 'AudioClipAtome' || isHere) reach(clip, placeOf(timeline, event));
    }
    return last;
  }

  /** On the grid of its file's frames, as it is played. */
  #audioSpan(clip: AudioClipAtome, start: Seconds): ClipSpan {
    const file = this.#objects.get(clip.audio_file_id);
    if (file?.kind !== 'AudioFileAtome') return { start, end: start };
    const rate = file.sample_rate;
    const first = nearestFrame(start, rate);
    return { start: first / rate, end: (first + soundingFrames(clip, file)) / rate };
  }

  /** Then it may play on behind its content, and fills whatever duration it has. */
  #movesByItself(timelineId: string): boolean {
    const known = this.#moving.get(timelineId);
    if (known !== undefined) return known;
    const moves = movesByItself(this.#objects, timelineId);
    this.#moving.set(timelineId, moves);
    return moves;
  }

  #nestedEnd(clock: Clock, clip: TimelineClipAtome, start: Seconds): Seconds {
    let end = clock.toTop(start);
    if (clip.duration !== null && this.#movesByItself(clip.nested_timeline_id)) {
      return Math.max(end, limitOf(clock, clip, start));
    }
    const ends = clip.tempo === 'own' ? shifted(this) : this;
    for (const stretch of stretchesOf(this.#objects, ends, clock, clip, start)) {
      end = stretch.end;
      if (stretch.endless) return this.#repeats === 'once' ? end : Number.POSITIVE_INFINITY;
    }
    return end;
  }
}
