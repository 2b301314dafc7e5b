// Cutting clips of any kind in two and putting them together again, with what follows them.
import type { AnyClip } from '../protocol/kinds.ts';
import { joinActions, splitActions } from './action-cut.ts';
import { removeWithDependants } from './dependants.ts';
import type { Edit } from './edit.ts';
import { refused } from './handlers.ts';
import { joinNested, removeCutMarker, splitNested } from './nested-cut.ts';
import { canCutSound, joinSounds, splitSound } from './sound-cut.ts';
import { spanOf, tolerance } from './span.ts';

/** The clip becomes its first half; what followed its end follows the end of the second. Returns the second half's id. */
export function splitAt(edit: Edit, clip: AnyClip, position: number): string {
  const second = splitByKind(edit, clip, position);
  passFollowActions(edit, clip.id, second);
  return second;
}

/** Whether a position lies across a clip, and not on one of its ends to within the rounding of a cut. */
export function liesAcross(edit: Edit, clip: AnyClip, position: number): boolean {
  const { start, end } = spanOf(edit.objects, clip);
  if (start >= position - tolerance || end <= position + tolerance) return false;
  return clip.kind !== 'AudioClipAtome' || canCutSound(edit, clip, position);
}

/** The earlier clip becomes both. @throws AtomeError ERR_REFUSED when they do not go on in each other. */
export function join(edit: Edit, one: AnyClip, other: AnyClip): void {
  if (one.timeline_id !== other.timeline_id) throw refused('the clips are on different timelines');
  const [first, second] = joinByKind(edit, one, other);
  passFollowActions(edit, second, first);
  const gone = edit.needClip(second);
  removeWithDependants(edit, gone);
  if (gone.kind === 'TimelineClipAtome') removeCutMarker(edit, gone);
}

function splitByKind(edit: Edit, clip: AnyClip, position: number): string {
  switch (clip.kind) {
    case 'AudioClipAtome':
      return splitSound(edit, clip, position);
    case 'ActionClipAtome':
      return splitActions(edit, clip, position);
    case 'TimelineClipAtome':
      return splitNested(edit, clip, position);
  }
}

function joinByKind(edit: Edit, one: AnyClip, other: AnyClip): readonly [string, string] {
  if (one.kind === 'AudioClipAtome' && other.kind === 'AudioClipAtome') return joinSounds(edit, [one, other]);
  if (one.kind === 'ActionClipAtome' && other.kind === 'ActionClipAtome') return joinActions(edit, [one, other]);
  if (one.kind === 'TimelineClipAtome' && other.kind === 'TimelineClipAtome') return joinNested(edit, [one, other]);
  throw refused('the clips are of different kinds');
}

function passFollowActions(edit: Edit, from: string, to: string): void {
  for (const follow of [...edit.objects.referrers(from, 'TimelineFollowAction')]) {
    if (follow.target_id === from && follow.params.trigger_marker_id === undefined) edit.set(follow, { target_id: to });
  }
}
