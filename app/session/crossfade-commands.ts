// The command that lets two clips fade into each other around their seam.
import { type Frames, nearestFrame, type Seconds } from '../core/units.ts';
import { takeFades } from './clip-commands.ts';
import { type ClipTime, clipTime, frameAtSeconds, positionOfFrame, secondsOfFrame } from './clip-time.ts';
import { type EditHandler, refused } from './handlers.ts';

/** How long clips that only touch fade, where their files hold that much. */
const usualDuration: Seconds = 0.1;
/** Clips this close touch. */
const touching: Seconds = 1e-3;

/** Where the fades lie, in seconds of the timeline. */
interface Overlap {
  readonly start: Seconds;
  readonly end: Seconds;
}

export const crossfadeClips: EditHandler<'CROSSFADE_CLIPS'> = (edit, command) => {
  const [one, other] = command.clip_ids.map((id) => clipTime(edit, id, 'clip_ids'));
  if (!one || !other || one.clip.id === other.clip.id) throw refused('clip_ids: must name two clips');
  const [first, second] = one.seconds <= other.seconds ? [one, other] : [other, one];
  if (first.timeline.id !== second.timeline.id || first.clip.group_id !== second.clip.group_id) {
    throw refused(`clip_ids: ${namesOf(first, second)} are not on one lane`);
  }
  const overlap = overlapOf(first, second, command.duration);
  if (overlap.start <= first.seconds || overlap.end >= endOf(second)) {
    throw refused(`duration: the fade of ${namesOf(first, second)} would be longer than one of them`);
  }
  const end = Math.min(frameAtSeconds(first, overlap.end), first.file.frames);
  const start = Math.max(0, frameAtSeconds(second, overlap.start));
  const rate = first.file.sample_rate;
  const fade = nearestFrame(secondsOfFrame(first, end) - secondsOfFrame(second, start), rate) / rate;
  const end_offset = end === first.endFrame ? {} : { end_offset: end / rate };
  edit.set(first.clip, end_offset);
  edit.set(second.clip, startedAt(second, start));
  takeFades(edit, first.clip, { fade_out: fade });
  takeFades(edit, second.clip, { fade_in: fade });
};

/** One of several commands of a step that is refused has to say which. */
const namesOf = (first: ClipTime, second: ClipTime): string => `“${first.clip.name}” and “${second.clip.name}”`;

const endOf = (time: ClipTime): Seconds => secondsOfFrame(time, time.endFrame);

function overlapOf(first: ClipTime, second: ClipTime, duration: Seconds | undefined): Overlap {
  const there = endOf(first) - second.seconds;
  if (there < -touching) throw refused(`clip_ids: there is a gap between ${namesOf(first, second)}`);
  if (duration === undefined && there > touching) return { start: second.seconds, end: endOf(first) };
  const seam = (endOf(first) + second.seconds) / 2;
  const wanted = duration ?? usualDuration;
  const before = seam - earliestStart(second);
  const after = latestEnd(first) - seam;
  const length = duration === undefined ? Math.min(wanted, before + after) : wanted;
  if (length <= 0 || length > before + after) {
    const held = Math.max(0, before + after);
    throw refused(`duration: the files of ${namesOf(first, second)} hold ${held} s around their seam`);
  }
  const start = seam - Math.min(before, Math.max(length / 2, length - after));
  return { start, end: start + length };
}

/** How far the sound of a clip reaches back in its file, and not before the timeline begins. */
const earliestStart = (time: ClipTime): Seconds => Math.max(0, secondsOfFrame(time, 0));

const latestEnd = (time: ClipTime): Seconds => secondsOfFrame(time, time.file.frames);

function startedAt(time: ClipTime, frame: Frames): { readonly start_offset?: number; readonly play_position?: number } {
  if (frame === time.firstFrame) return {};
  const play_position = Math.max(0, positionOfFrame(time, frame));
  return { start_offset: frame / time.file.sample_rate, play_position };
}
