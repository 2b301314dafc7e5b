// How long anything on a timeline lasts: clips of every kind in the timebase of the timeline they lie on.
import { tempoMapOf } from '../core/tempo.ts';
import type { AnyClip, TimelineAtome, TimelineClipAtome } from '../protocol/kinds.ts';
import { lengthOf } from './clip-time.ts';
import { markerPosition } from './place.ts';
import type { ObjectReader } from './types.ts';

/** In the timeline's timebase; the end of what repeats for ever is Infinity. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Positions closer than this are one: far below a frame, far above the rounding of a double. Timebase units. */
export const tolerance = 1e-6;

/** Every clip of a timeline, whatever its kind. */
export function* anyClipsOf(objects: ObjectReader, timelineId: string): Generator<AnyClip> {
  yield* objects.ofTimeline(timelineId, 'AudioClipAtome');
  yield* objects.ofTimeline(timelineId, 'ActionClipAtome');
  yield* objects.ofTimeline(timelineId, 'TimelineClipAtome');
}

export function spanOf(objects: ObjectReader, clip: AnyClip): Span {
  const start = clip.play_position;
  const timeline = timelineOf(objects, clip.timeline_id);
  if (!timeline) return { start, end: start };
  return { start, end: endOf(objects, timeline, clip) };
}

function endOf(objects: ObjectReader, timeline: TimelineAtome, clip: AnyClip): number {
  const tempo = tempoMapOf(timeline);
  const after = (seconds: number): number => tempo.fromSeconds(tempo.toSeconds(clip.play_position) + seconds);
  switch (clip.kind) {
    case 'AudioClipAtome': {
      const file = objects.get(clip.audio_file_id);
      return file?.kind === 'AudioFileAtome' ? after(lengthOf(clip, file)) : clip.play_position;
    }
    case 'ActionClipAtome':
      return after(clip.duration * clip.repeats);
    case 'TimelineClipAtome': {
      if (clip.duration !== null) return clip.play_position + clip.duration;
      const content = nestedContent(objects, clip);
      if (clip.loop_markers || !content) return clip.loop_markers ? Number.POSITIVE_INFINITY : clip.play_position;
      if (clip.tempo === 'own') return after(content.seconds);
      return tempo.fromBeats(tempo.toBeats(clip.play_position) + content.beats);
    }
  }
}

/** How long a nested timeline plays when nothing cuts it off, in its own time. */
function nestedContent(
  objects: ObjectReader,
  clip: TimelineClipAtome,
): { readonly seconds: number; readonly beats: number } | undefined {
  const timeline = timelineOf(objects, clip.nested_timeline_id);
  if (!timeline) return undefined;
  const at = (id: string | null, property: string, otherwise: () => number): number =>
    id === null ? otherwise() : markerPosition(objects, timeline, id, property);
  const start = at(clip.start_marker_id, 'start_marker_id', () => 0);
  const end = Math.max(
    start,
    at(clip.end_marker_id, 'end_marker_id', () => contentEnd(objects, timeline)),
  );
  const tempo = tempoMapOf(timeline);
  return {
    seconds: tempo.toSeconds(end) - tempo.toSeconds(start),
    beats: tempo.toBeats(end) - tempo.toBeats(start),
  };
}

/** Where the last clip of a timeline ends, in its timebase. */
export function contentEnd(objects: ObjectReader, timeline: TimelineAtome): number {
  let end = 0;
  for (const clip of anyClipsOf(objects, timeline.id)) end = Math.max(end, spanOf(objects, clip).end);
  return end;
}

function timelineOf(objects: ObjectReader, id: string): TimelineAtome | undefined {
  const timeline = objects.get(id);
  return timeline?.kind === 'TimelineAtome' ? timeline : undefined;
}
