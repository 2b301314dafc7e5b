// Places on a timeline in its own seconds: where markers and events lie.
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { TimelineAtome, TimelineEventAtome, TimelineMarkerAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';

/** Seconds from the timeline's zero, whatever timebase the marker or event itself has. */
export const placeOf = (
  timeline: TimelineAtome,
  { time, timebase }: Pick<TimelineMarkerAtome | TimelineEventAtome, 'time' | 'timebase'>,
): Seconds => (timebase === 'seconds' ? time : tempoMapOf(timeline).beatsToSeconds(time));

/** Where a marker of this timeline lies; undefined for null, and for one that is not on it. */
export function markerPlace(
  objects: ObjectReader,
  timeline: TimelineAtome,
  markerId: string | null | undefined,
): Seconds | undefined {
  const marker = typeof markerId === 'string' ? objects.get(markerId) : undefined;
  if (marker?.kind !== 'TimelineMarkerAtome' || marker.timeline_id !== timeline.id) return undefined;
  return placeOf(timeline, marker);
}

export function timelineOf(objects: ObjectReader, id: string | null | undefined): TimelineAtome | undefined {
  const object = typeof id === 'string' ? objects.get(id) : undefined;
  return object?.kind === 'TimelineAtome' ? object : undefined;
}
