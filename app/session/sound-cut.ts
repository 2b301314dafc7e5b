// Cutting clips of sound in two and putting them together again. Cuts lie on whole source frames.
import { type FadesBeyond, fadesBeyond, isFadingAt } from '../core/fades.ts';
import { stretchedFrame } from '../core/stretched-frames.ts';
import { type Frames, nearestFrame } from '../core/units.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { type ClipTime, clipTime, frameAtSeconds, positionOfFrame, secondsOfFrame, secondsTo } from './clip-time.ts';
import type { Edit } from './edit.ts';
import { refused } from './handlers.ts';

/** Together the halves sound as the whole did: a fade that is cut goes on in the second one. Returns the second half's id. */
export function splitSound(edit: Edit, clip: AudioClipAtome, position: number): string {
  const time = clipTime(edit, clip.id);
  const rate = time.file.sample_rate;
  const cut = cutFrame(time, position);
  if (cut === undefined) throw refused('position: not inside the clip');
  const play_position = positionOfFrame(time, cut);
  const fades = cutFades(time, cut);
  const second = edit.copy(clip, { play_position, start_offset: cut / rate, ...fades.second });
  edit.set(clip, { end_offset: cut / rate, ...fades.first });
  return second;
}

/** Outside its fades a clip has two halves with one fade each; inside one both are parts of the whole, with all of its fades. */
function cutFades(time: ClipTime, cut: Frames): { first: Partial<AudioClipAtome>; second: Partial<AudioClipAtome> } {
  const { clip, endFrame } = time;
  const [length, at] = [secondsTo(time, endFrame), secondsTo(time, cut)];
  const { before, after } = fadesBeyond(clip);
  const beyond = (halves: FadesBeyond): { fades_beyond?: FadesBeyond } =>
    clip.fades_beyond || isFadingAt(clip, length, at) ? { fades_beyond: halves } : {};
  if (isFadingAt(clip, length, at)) {
    return {
      first: beyond({ before, after: length - at + after }),
      second: beyond({ before: before + at, after }),
    };
  }
  return {
    first: { fade_out: 0, ...beyond({ before, after: 0 }) },
    second: { fade_in: 0, ...beyond({ before: 0, after }) },
  };
}

/** Whether something would sound on either side of a cut at a position. */
export const canCutSound = (edit: Edit, clip: AudioClipAtome, position: number): boolean =>
  cutFrame(clipTime(edit, clip.id), position) !== undefined;

function cutFrame(time: ClipTime, position: number): Frames | undefined {
  const { firstFrame, endFrame, stretch } = time;
  const frame = frameAtSeconds(time, time.tempo.toSeconds(position));
  const cut = stretchedFrame(frame, stretch);
  return cut > stretchedFrame(firstFrame, stretch) && cut < stretchedFrame(endFrame, stretch) ? frame : undefined;
}

/** @param pair in any order. Returns the ids of the clip that stays and the one that went into it. */
export function joinSounds(edit: Edit, pair: readonly [AudioClipAtome, AudioClipAtome]): readonly [string, string] {
  const [one, other] = [clipTime(edit, pair[0].id), clipTime(edit, pair[1].id)];
  const [first, second] = one.seconds <= other.seconds ? [one, other] : [other, one];
  const reason = whyNotContiguous(first, second);
  if (reason) throw refused(reason);
  edit.set(first.clip, { end_offset: second.clip.end_offset, fade_out: second.clip.fade_out });
  const [{ before }, { after }] = [fadesBeyond(first.clip), fadesBeyond(second.clip)];
  if (before > 0 || after > 0) edit.set(first.clip, { fades_beyond: { before, after } });
  else edit.unset(first.clip, 'fades_beyond');
  return [first.clip.id, second.clip.id];
}

function whyNotContiguous(first: ClipTime, second: ClipTime): string | undefined {
  if (first.file.id !== second.file.id) return 'the clips play different files';
  if (first.stretch !== second.stretch) return 'the clips play at different speeds';
  if (pitchOf(first.clip) !== pitchOf(second.clip)) return 'the clips play at different pitches';
  if ((first.clip.frozen_by ?? null) !== (second.clip.frozen_by ?? null)) return 'one of the clips is frozen';
  if (first.endFrame !== second.firstFrame)
    return 'the second clip does not go on where the first one ends in the file';
  const gap = nearestFrame(second.seconds - secondsOfFrame(first, first.endFrame), first.file.sample_rate);
  return Math.abs(gap) <= 1 ? undefined : 'the second clip does not start where the first one ends on the timeline';
}

/** A clip without a stretcher sounds at its file's own pitch. */
const pitchOf = ({ stretch_algo, pitch_shift }: AudioClipAtome): number => (stretch_algo === 'none' ? 0 : pitch_shift);
