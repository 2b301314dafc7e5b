// Where the content of a timeline ends: at a marker tagged `end`, else with its last clip.
import { tempoMapOf } from '../core/tempo.ts';
import { nearestFrame, type Seconds } from '../core/units.ts';
import type { AnyClip, AudioClipAtome, TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import { stretchesOf } from './nested-stretches.ts';
import { placeOf } from './timeline-places.ts';

const asItIs = (seconds: Seconds): Seconds => seconds;

/** Where a clip begins and ends, in seconds of its timeline. */
export interface ClipSpan {
  readonly start: Seconds;
  readonly end: Seconds;
}

/** Answers for one state of the objects; each timeline is looked at once. */
export class ContentEnds {
  readonly #objects: ObjectReader;
  readonly #repeats: 'for ever' | 'once';
  readonly #known = new Map<string, Seconds>();

  /** @param repeats what a nested timeline that loops without a duration counts for: Infinity, or its first time round. */
  constructor(objects: ObjectReader, repeats: 'for ever' | 'once') {
    this.#objects = objects;
    this.#repeats = repeats;
  }

  /** Seconds from the timeline's zero; 0 when it is empty. */
  of(timeline: TimelineAtome): Seconds {
    const known = this.#known.get(timeline.id);
    if (known !== undefined) return known;
    // A timeline that is met again inside itself adds nothing.
    this.#known.set(timeline.id, 0);
    const end = this.#markedEnd(timeline) ?? this.#lastEnd(timeline);
    this.#known.set(timeline.id, end);
    return end;
  }

  /** Where a clip lies when it begins at `start` seconds of the timeline. */
  spanOf(timeline: TimelineAtome, clip: AnyClip, start = tempoMapOf(timeline).toSeconds(clip.play_position)): ClipSpan {
    switch (clip.kind) {
      case 'AudioClipAtome':
        return this.#audioSpan(clip, start);
      case 'ActionClipAtome':
        return { start, end: start + clip.duration * clip.repeats };
      case 'TimelineClipAtome':
        return { start, end: this.#nestedEnd(timeline, clip, start) };
    }
  }

  #markedEnd(timeline: TimelineAtome): Seconds | undefined {
    let first: Seconds | undefined;
    for (const marker of this.#objects.ofTimeline(timeline.id, 'TimelineMarkerAtome')) {
      if (!marker.tags.includes('end')) continue;
      const place = placeOf(timeline, marker);
      if (first === undefined || place < first) first = place;
    }
    return first;
  }

  #lastEnd(timeline: TimelineAtome): Seconds {
    let last = 0;
    const reach = (clip: AnyClip, start?: Seconds): void => {
      last = Math.max(last, this.spanOf(timeline, clip, start).end);
    };
    for (const clip of this.#objects.clipsOf(timeline.id)) reach(clip);
    for (const clip of this.#objects.ofTimeline(timeline.id, 'ActionClipAtome')) reach(clip);
    for (const clip of this.#objects.ofTimeline(timeline.id, 'TimelineClipAtome')) reach(clip);
    for (const event of this.#objects.ofTimeline(timeline.id, 'TimelineEventAtome')) {
      if (event.type !== 'audio_clip_start' || event.muted) continue;
      const clip = event.target_clip_id === null ? undefined : this.#objects.get(event.target_clip_id);
      if (clip?.kind === 'AudioClipAtome') reach(clip, placeOf(timeline, event));
    }
    return last;
  }

  /** On the grid of its file's frames, as it is played. */
  #audioSpan(clip: AudioClipAtome, start: Seconds): ClipSpan {
    const file = this.#objects.get(clip.audio_file_id);
    if (file?.kind !== 'AudioFileAtome') return { start, end: start };
    const rate = file.sample_rate;
    const first = nearestFrame(start, rate);
    const played = Math.min(nearestFrame(clip.end_offset, rate), file.frames) - nearestFrame(clip.start_offset, rate);
    return { start: first / rate, end: (first + Math.max(0, played)) / rate };
  }

  #nestedEnd(parent: TimelineAtome, clip: TimelineClipAtome, start: Seconds): Seconds {
    let end = start;
    for (const stretch of stretchesOf(this.#objects, this, { timeline: parent, toTop: asItIs }, clip, start)) {
      end = stretch.end;
      if (stretch.endless) return this.#repeats === 'once' ? end : Number.POSITIVE_INFINITY;
    }
    return end;
  }
}
