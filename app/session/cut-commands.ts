// Commands that change which part of its file a clip plays: split, join, trim. Cuts lie on whole source frames.
import { nearestFrame } from '../core/units.ts';
import { type ClipTime, clipTime, fittingFades, positionOfFrame } from './clip-time.ts';
import { type EditHandler, refused } from './handlers.ts';

export const splitClip: EditHandler<'SPLIT_CLIP'> = (edit, command) => {
  const time = clipTime(edit, command.clip_id);
  const { clip, file } = time;
  const rate = file.sample_rate;
  const cut = time.firstFrame + nearestFrame(time.tempo.toSeconds(command.position) - time.seconds, rate);
  if (cut <= time.firstFrame || cut >= time.endFrame) throw refused('position: not inside the clip');
  const { id: _id, kind: _kind, ...properties } = clip;
  const second = edit.create('AudioClipAtome', {
    ...properties,
    play_position: positionOfFrame(time, cut),
    start_offset: cut / rate,
    fade_in: 0,
    fade_out: fittingFades(clip, (time.endFrame - cut) / rate).fade_out,
  });
  edit.set(clip, {
    end_offset: cut / rate,
    fade_in: fittingFades(clip, (cut - time.firstFrame) / rate).fade_in,
    fade_out: 0,
  });
  edit.created.push(clip.id, second);
};

export const joinClips: EditHandler<'JOIN_CLIPS'> = (edit, command) => {
  const [one, other] = command.clip_ids.map((id) => clipTime(edit, id, 'clip_ids'));
  if (!one || !other || one.clip.id === other.clip.id) throw refused('clip_ids: must name two clips');
  const [first, second] = one.seconds <= other.seconds ? [one, other] : [other, one];
  const reason = whyNotContiguous(first, second);
  if (reason) throw refused(reason);
  edit.set(first.clip, { end_offset: second.clip.end_offset, fade_out: second.clip.fade_out });
  edit.remove(second.clip);
};

function whyNotContiguous(first: ClipTime, second: ClipTime): string | undefined {
  if (first.timeline.id !== second.timeline.id) return 'the clips are on different timelines';
  if (first.file.id !== second.file.id) return 'the clips play different files';
  if (first.endFrame !== second.firstFrame)
    return 'the second clip does not go on where the first one ends in the file';
  const rate = first.file.sample_rate;
  const frames = nearestFrame(second.seconds, rate) - nearestFrame(first.seconds, rate);
  const touching = Math.abs(frames - (first.endFrame - first.firstFrame)) <= 1;
  return touching ? undefined : 'the second clip does not start where the first one ends on the timeline';
}

export const trimClip: EditHandler<'TRIM_CLIP'> = (edit, command) => {
  const time = clipTime(edit, command.clip_id);
  const { clip, file } = time;
  const start = command.start_offset ?? clip.start_offset;
  const end = Math.min(command.end_offset ?? clip.end_offset, endWithin(time));
  if (command.end_offset !== undefined && nearestFrame(command.end_offset, file.sample_rate) > file.frames + 1) {
    throw refused(`end_offset: the file ends at ${file.duration} s`);
  }
  const position =
    start === clip.start_offset
      ? clip.play_position
      : onTimeline(positionOfFrame(time, nearestFrame(start, file.sample_rate)));
  edit.set(clip, {
    start_offset: start,
    end_offset: end,
    play_position: position,
    ...fittingFades(clip, Math.max(0, end - start)),
  });
};

/** The file's end, or the clip's own where that lies (by rounding) behind it. */
const endWithin = ({ clip, file }: ClipTime): number => Math.max(file.duration, clip.end_offset);

/** Rounding may leave a start at zero a hair below it. */
function onTimeline(position: number): number {
  if (position < -1e-6) throw refused('start_offset: the clip would start before the timeline does');
  return Math.max(0, position);
}
