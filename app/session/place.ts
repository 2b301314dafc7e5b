// Places on a timeline: a number, a time or a marker, resolved to its timebase.
import type * as v from 'valibot';
import { tempoMapOf } from '../core/tempo.ts';
import type { place } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { TimelineAtome, TimelineEventAtome, TimelineMarkerAtome } from '../protocol/kinds.ts';
import type { ObjectReader } from './types.ts';

/** @param field of the command that names the place. @throws AtomeError ERR_NOT_FOUND for a marker that is not on the timeline. */
export function positionOf(
  objects: ObjectReader,
  timeline: TimelineAtome,
  at: v.InferOutput<typeof place>,
  field: string,
): number {
  if (typeof at === 'number') return at;
  return at.type === 'time' ? at.value : markerPosition(objects, timeline, at.value, field);
}

/** @throws AtomeError ERR_NOT_FOUND */
export function markerPosition(
  objects: ObjectReader,
  timeline: TimelineAtome,
  markerId: string,
  field: string,
): number {
  const place = placeOfMarker(objects, timeline, markerId);
  if (place === undefined) throw new AtomeError('ERR_NOT_FOUND', `${field}: no marker ${markerId} on this timeline`);
  return place;
}

/** In the timeline's timebase; undefined for a marker that is not on it. */
export function placeOfMarker(objects: ObjectReader, timeline: TimelineAtome, markerId: string): number | undefined {
  const marker = objects.get(markerId);
  if (marker?.kind !== 'TimelineMarkerAtome' || marker.timeline_id !== timeline.id) return undefined;
  return positionOfPoint(timeline, marker);
}

/** Where a marker or an event lies, in the timebase of its timeline, whatever its own is. */
export function positionOfPoint(timeline: TimelineAtome, point: TimelineMarkerAtome | TimelineEventAtome): number {
  const tempo = tempoMapOf(timeline);
  return point.timebase === 'beats' ? tempo.fromBeats(point.time) : tempo.fromSeconds(point.time);
}
