// Commands that open and close time on a timeline: what lies behind moves, what lies across is cut.
import type { AnyClip, TimelineAtome } from '../protocol/kinds.ts';
import { anyClipsOf } from './any-clips.ts';
import { liesAcross, splitAt } from './cut.ts';
import { removeWithDependants } from './dependants.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, refused } from './handlers.ts';
import { spanOf, tolerance } from './span.ts';
import { moveMap, type TimeShift } from './time-map.ts';

export const insertTime: EditHandler<'INSERT_TIME'> = (edit, { timeline_id, at, duration, group_ids }) => {
  const timeline = edit.need('TimelineAtome', timeline_id);
  cutAt(edit, timeline, at, group_ids);
  const shift: TimeShift = { kind: 'insert', at, duration };
  if (group_ids) shiftClips(edit, timeline, shift, group_ids);
  else moveMap(edit, timeline, shift, () => shiftClips(edit, timeline, shift, undefined));
};

export const removeTime: EditHandler<'REMOVE_TIME'> = (edit, { timeline_id, start, end, group_ids }) => {
  const timeline = edit.need('TimelineAtome', timeline_id);
  if (end <= start) throw refused('end: must be after start');
  cutAt(edit, timeline, end, group_ids);
  cutAt(edit, timeline, start, group_ids);
  for (const clip of clipsOn(edit, timeline, group_ids)) {
    const middle = middleOf(edit, clip);
    if (middle >= start - tolerance && middle <= end + tolerance) removeWithDependants(edit, clip);
  }
  const left = edit.created.splice(0).filter((id) => edit.objects.get(id));
  edit.created.push(...left);
  const shift: TimeShift = { kind: 'remove', at: start, duration: end - start };
  if (group_ids) shiftClips(edit, timeline, shift, group_ids);
  else moveMap(edit, timeline, shift, () => shiftClips(edit, timeline, shift, undefined));
};

type Lanes = readonly (string | null)[] | undefined;

const clipsOn = (edit: Edit, timeline: TimelineAtome, lanes: Lanes): AnyClip[] =>
  [...anyClipsOf(edit.objects, timeline.id)].filter((clip) => !lanes || lanes.includes(clip.group_id));

function cutAt(edit: Edit, timeline: TimelineAtome, position: number, lanes: Lanes): void {
  for (const clip of clipsOn(edit, timeline, lanes)) {
    if (liesAcross(edit, clip, position)) edit.created.push(splitAt(edit, clip, position));
  }
}

/** Tells on which side of a cut a clip lies, also where its end is off by the rounding of the cut. */
function middleOf(edit: Edit, clip: AnyClip): number {
  const { start, end } = spanOf(edit.objects, clip);
  return (start + end) / 2;
}

function shiftClips(edit: Edit, timeline: TimelineAtome, { kind, at, duration }: TimeShift, lanes: Lanes): void {
  const [from, by] = kind === 'insert' ? [at, duration] : [at + duration, -duration];
  for (const clip of clipsOn(edit, timeline, lanes)) {
    if (middleOf(edit, clip) < from - tolerance) continue;
    edit.set(clip, { play_position: Math.max(0, clip.play_position + by) });
  }
}
