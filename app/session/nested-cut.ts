// Cutting nested timelines in two and putting them together again: the second half begins at a marker made for it.
import { tempoMapOf } from '../core/tempo.ts';
import type { TimelineAtome, TimelineClipAtome, TimelineMarkerAtome } from '../protocol/kinds.ts';
import { removeWithDependants } from './dependants.ts';
import type { Edit } from './edit.ts';
import { exactPart } from './exact-part.ts';
import { refused } from './handlers.ts';
import { markerPosition } from './place.ts';
import { spanOf, tolerance } from './span.ts';

/** Marks the markers that cuts made; they go when the halves are joined. */
const cutTag = 'cut';

/** Returns the second half's id. */
export function splitNested(edit: Edit, clip: TimelineClipAtome, position: number): string {
  if (clip.loop_markers) throw refused(`“${clip.name}” repeats itself and cannot be split`);
  const { start, end } = spanOf(edit.objects, clip);
  if (position <= start + tolerance || position >= end - tolerance) throw refused('position: not inside the clip');
  const nested = edit.need('TimelineAtome', clip.nested_timeline_id);
  const marker = edit.create('TimelineMarkerAtome', {
    timeline_id: nested.id,
    time: nestedPosition(edit, clip, nested, position),
    timebase: nested.timebase,
    name: clip.name,
    tags: [cutTag],
  });
  const length = clip.duration === null ? position - start : exactPart(clip.duration, position - start);
  const duration = clip.duration === null ? null : clip.duration - length;
  const second = edit.copy(clip, { play_position: position, start_marker_id: marker, duration });
  edit.set(clip, { duration: length });
  return second;
}

/** @param pair in any order. Returns the ids of the clip that stays and the one that went into it. */
export function joinNested(
  edit: Edit,
  pair: readonly [TimelineClipAtome, TimelineClipAtome],
): readonly [string, string] {
  const [first, second] = pair[0].play_position <= pair[1].play_position ? pair : [pair[1], pair[0]];
  const nested = edit.need('TimelineAtome', first.nested_timeline_id);
  if (second.nested_timeline_id !== nested.id) throw refused('the clips play different timelines');
  const marker = edit.objects.get(second.start_marker_id ?? '');
  const { end } = spanOf(edit.objects, first);
  if (first.duration === null || Math.abs(end - second.play_position) > tolerance) {
    throw refused('the second clip does not start where the first one ends on the timeline');
  }
  if (marker?.kind !== 'TimelineMarkerAtome' || !goesOn(edit, first, nested, marker, end)) {
    throw refused('the second clip does not go on where the first one ends in the nested timeline');
  }
  const duration = second.duration === null ? null : first.duration + second.duration;
  edit.set(first, { duration, end_marker_id: second.end_marker_id });
  return [first.id, second.id];
}

/** Takes away the marker of a cut that nothing begins at any more. */
export function removeCutMarker(edit: Edit, clip: TimelineClipAtome): void {
  const marker = edit.objects.get(clip.start_marker_id ?? '');
  if (marker?.kind !== 'TimelineMarkerAtome' || !marker.tags.includes(cutTag)) return;
  if (!edit.objects.isReferred(marker.id)) removeWithDependants(edit, marker);
}

function goesOn(
  edit: Edit,
  first: TimelineClipAtome,
  nested: TimelineAtome,
  marker: TimelineMarkerAtome,
  end: number,
): boolean {
  if (first.loop_markers || marker.timeline_id !== nested.id) return false;
  const begins = markerPosition(edit.objects, nested, marker.id, 'start_marker_id');
  return Math.abs(nestedPosition(edit, first, nested, end) - begins) <= tolerance;
}

/** Where the nested timeline is when its parent is at a position; both in their own timebase. */
function nestedPosition(edit: Edit, clip: TimelineClipAtome, nested: TimelineAtome, position: number): number {
  const parent = tempoMapOf(edit.need('TimelineAtome', clip.timeline_id));
  const tempo = tempoMapOf(nested);
  const start =
    clip.start_marker_id === null ? 0 : markerPosition(edit.objects, nested, clip.start_marker_id, 'start_marker_id');
  if (clip.tempo === 'parent') {
    return tempo.fromBeats(tempo.toBeats(start) + parent.toBeats(position) - parent.toBeats(clip.play_position));
  }
  const seconds = parent.toSeconds(position) - parent.toSeconds(clip.play_position);
  return tempo.fromSeconds(tempo.toSeconds(start) + seconds);
}
