// How long anything on a timeline lasts: clips of every kind in the timebase of the timeline they lie on.
import { tempoMapOf } from '../core/tempo.ts';
import type { AnyClip } from '../protocol/kinds.ts';
import { PlayedEnds } from './played-end.ts';
import type { ObjectReader } from './types.ts';

/** In the timeline's timebase; the end of what repeats for ever is Infinity. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Positions closer than this are one: far below a frame, far above the rounding of a double. Timebase units. */
export const tolerance = 1e-6;

/** A nested timeline with a duration fills it, however long its content is. */
export function spanOf(objects: ObjectReader, clip: AnyClip): Span {
  const start = clip.play_position;
  if (clip.kind === 'TimelineClipAtome' && clip.duration !== null) return { start, end: start + clip.duration };
  const timeline = objects.get(clip.timeline_id);
  if (timeline?.kind !== 'TimelineAtome') return { start, end: start };
  const end = new PlayedEnds(objects).of(timeline, clip);
  return { start, end: Number.isFinite(end) ? tempoMapOf(timeline).fromSeconds(end) : end };
}
