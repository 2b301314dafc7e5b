// Loops between markers follow their markers.
import type { TimelineAtome } from '../protocol/kinds.ts';
import type { Edit } from './edit.ts';
import { placeOfMarker } from './place.ts';

/** Moves the loops of all timelines whose markers, or whose time, an edit has changed. Call it at the end of the edit. */
export function followLoopMarkers(edit: Edit): void {
  const timelines: string[] = [];
  for (const id of edit.touched()) {
    const object = edit.objects.get(id) ?? edit.objects.removed(id);
    if (object?.kind === 'TimelineMarkerAtome') timelines.push(object.timeline_id);
    else if (object?.kind === 'TimelineAtome') timelines.push(id);
  }
  if (timelines.length === 0) return;
  for (const id of new Set(timelines)) {
    const timeline = edit.objects.get(id);
    if (timeline?.kind === 'TimelineAtome') follow(edit, timeline);
  }
}

function follow(edit: Edit, timeline: TimelineAtome): void {
  const { loop } = timeline;
  if (!loop?.start_marker_id || !loop.end_marker_id) return;
  const start = placeOfMarker(edit.objects, timeline, loop.start_marker_id);
  const end = placeOfMarker(edit.objects, timeline, loop.end_marker_id);
  if (start === undefined || end === undefined) {
    edit.set(timeline, { loop: { start: loop.start, end: loop.end } });
    return;
  }
  // Markers that have changed places still enclose the loop; on one another they leave it where it was.
  const range = { start: Math.min(start, end), end: Math.max(start, end) };
  if (range.end > range.start) edit.set(timeline, { loop: { ...loop, ...range } });
}
