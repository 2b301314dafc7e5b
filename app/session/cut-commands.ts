// Commands that change which part of itself a clip plays: split, join, trim.
import { type FadesBeyond, fittingFades, trimmedBeyond } from '../core/fades.ts';
import { nearestFrame } from '../core/units.ts';
import { type ClipTime, clipTime, lengthOf, positionOfFrame, secondsTo } from './clip-time.ts';
import { join, splitAt } from './cut.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, type ParsedEdit, refused } from './handlers.ts';
import { followLength } from './ripple.ts';
import { spanOf } from './span.ts';

export const splitClip: EditHandler<'SPLIT_CLIP'> = (edit, command) => {
  const clip = edit.needClip(command.clip_id);
  edit.created.push(clip.id, splitAt(edit, clip, command.position));
};

export const joinClips: EditHandler<'JOIN_CLIPS'> = (edit, command) => {
  const [one, other] = command.clip_ids.map((id) => edit.needClip(id, 'clip_ids'));
  if (!one || !other || one.id === other.id) throw refused('clip_ids: must name two clips');
  join(edit, one, other);
};

/** With `ripple` the clip begins where it did, whatever is cut off its start, and what follows moves along. */
export const trimClip: EditHandler<'TRIM_CLIP'> = (edit, command) => {
  const clip = edit.need('AudioClipAtome', command.clip_id);
  const before = { clip, span: spanOf(edit.objects, clip) };
  trimSound(edit, command);
  if (command.ripple) followLength(edit, before);
};

function trimSound(edit: Edit, command: ParsedEdit<'TRIM_CLIP'>): void {
  const time = clipTime(edit, command.clip_id);
  const { clip, file } = time;
  const start = command.start_offset ?? clip.start_offset;
  const end = Math.min(command.end_offset ?? clip.end_offset, endWithin(time));
  if (command.end_offset !== undefined && nearestFrame(command.end_offset, file.sample_rate) > file.frames + 1) {
    throw refused(`end_offset: the file ends at ${file.duration} s`);
  }
  if (nearestFrame(end, file.sample_rate) <= nearestFrame(start, file.sample_rate)) {
    throw refused('end_offset: must be after start_offset');
  }
  const position =
    start === clip.start_offset || command.ripple
      ? clip.play_position
      : onTimeline(positionOfFrame(time, nearestFrame(start, file.sample_rate)));
  const { stretch_algo, stretch_ratio, fade_in, fade_out } = clip;
  const fades_beyond = beyondAfterTrim(time, start, end);
  const length = lengthOf({ start_offset: start, end_offset: end, stretch_algo, stretch_ratio }, file);
  const fades = fittingFades({ fade_in, fade_out, fades_beyond }, length);
  edit.set(clip, { start_offset: start, end_offset: end, play_position: position, fades_beyond, ...fades });
}

function beyondAfterTrim(time: ClipTime, start: number, end: number): FadesBeyond | undefined {
  const { clip, file, endFrame } = time;
  if (!clip.fades_beyond) return undefined;
  const at = (offset: number): number => secondsTo(time, nearestFrame(offset, file.sample_rate));
  return trimmedBeyond(clip.fades_beyond, at(start), at(end) - secondsTo(time, endFrame));
}

/** The file's end, or the clip's own where that lies (by rounding) behind it. */
const endWithin = ({ clip, file }: ClipTime): number => Math.max(file.duration, clip.end_offset);

/** Rounding may leave a start at zero a hair below it. */
function onTimeline(position: number): number {
  if (position < -1e-6) throw refused('start_offset: the clip would start before the timeline does');
  return Math.max(0, position);
}
