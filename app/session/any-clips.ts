// Clips of every kind on one timeline.
import type { AnyClip } from '../protocol/kinds.ts';
import type { ObjectReader } from './types.ts';

/** Every clip of a timeline, whatever its kind. */
export function* anyClipsOf(objects: ObjectReader, timelineId: string): Generator<AnyClip> {
  yield* objects.ofTimeline(timelineId, 'AudioClipAtome');
  yield* objects.ofTimeline(timelineId, 'ActionClipAtome');
  yield* objects.ofTimeline(timelineId, 'TimelineClipAtome');
}
