// Commands that stretch clips: by an edge that is dragged, to the tempo they lie in, and what a ratio or a pitch alone implies.

import { fittingFades } from '../core/fades.ts';
import { nearestFrame, type Seconds } from '../core/units.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import { type ClipTime, clipTime, lengthOf, secondsOfFrame } from './clip-time.ts';
import type { Edit } from './edit.ts';
import { type EditHandler, type ParsedEdit, refused } from './handlers.ts';
import { followLength } from './ripple.ts';
import { spanOf } from './span.ts';

type Stretch = Pick<AudioClipAtome, 'stretch_algo' | 'stretch_ratio' | 'pitch_shift'>;

const shortestRatio = 0.1;
const longestRatio = 10;

/**
 * A ratio or a pitch that is heard needs the stretcher. Where a command does not speak of it, it is turned on, and what the
 * command leaves out begins as it was heard until then: at normal speed or pitch.
 */
export function impliedStretch(
  given: { readonly [Property in keyof Stretch]?: Stretch[Property] | undefined },
  before: Stretch['stretch_algo'],
): Stretch | undefined {
  const { stretch_algo, stretch_ratio = 1, pitch_shift = 0 } = given;
  if (stretch_algo !== undefined || before !== 'none' || (stretch_ratio === 1 && pitch_shift === 0)) return undefined;
  return { stretch_algo: 'bungee', stretch_ratio, pitch_shift };
}

/** With `ripple` the clip begins where it did, whichever edge is dragged, and what follows moves along. */
export const stretchClip: EditHandler<'STRETCH_CLIP'> = (edit, { clip_id, edge, position, ripple }) => {
  const time = clipTime(edit, clip_id);
  const before = { clip: time.clip, span: spanOf(edit.objects, time.clip) };
  const at = time.tempo.toSeconds(position);
  const end = secondsOfFrame(time, time.endFrame);
  const frames = possibleLength(time, edge === 'end' ? at - time.seconds : end - at);
  const ratio = frames / (time.endFrame - time.firstFrame);
  if (ratio === time.stretch) return;
  stretchTo(edit, time, ratio);
  const start = Math.max(0, end - frames / time.file.sample_rate);
  if (edge === 'start' && !ripple) edit.set(time.clip, { play_position: time.tempo.fromSeconds(start) });
  if (ripple) followLength(edit, before);
};

/** In whole frames, so that the edge lies within half a frame of where it was put. */
function possibleLength({ file, firstFrame, endFrame }: ClipTime, length: Seconds): number {
  const rate = file.sample_rate;
  const shortest = Math.ceil((endFrame - firstFrame) * shortestRatio);
  const longest = Math.floor((endFrame - firstFrame) * longestRatio);
  const frames = nearestFrame(length, rate);
  if (frames < shortest - 1 || frames > longest + 1) {
    throw refused(`position: stretched, the clip can last from ${shortest / rate} to ${longest / rate} s`);
  }
  return Math.min(longest, Math.max(shortest, frames));
}

export const fitClipToTempo: EditHandler<'FIT_CLIP_TO_TEMPO'> = (edit, command) => {
  const times = [...new Set(command.clip_ids)].map((id) => clipTime(edit, id, 'clip_ids'));
  // A clip that has moved along lies where those before it have put it.
  for (const { clip } of times.sort((a, b) => a.seconds - b.seconds)) fitToTempo(edit, clip.id, command);
};

function fitToTempo(edit: Edit, clipId: string, { bpm, first_beat, ripple }: ParsedEdit<'FIT_CLIP_TO_TEMPO'>): void {
  const time = clipTime(edit, clipId);
  const before = { clip: time.clip, span: spanOf(edit.objects, time.clip) };
  const { clip, tempo } = time;
  const ratio = bpm / tempo.bpmAt(tempo.toBeats(clip.play_position));
  if (ratio < shortestRatio || ratio > longestRatio) {
    throw refused(`bpm: “${clip.name}” would last ${ratio} times as long; ${shortestRatio} to ${longestRatio} can be`);
  }
  if (ratio !== time.stretch) stretchTo(edit, time, ratio);
  if (first_beat !== undefined) putOnGrid(edit, time, { ratio, beat: first_beat, period: 60 / bpm });
  if (ripple) followLength(edit, before);
}

/** Beats of a file that is played at a ratio: one of them, and the time from one to the next, in seconds of the file. */
interface FileBeats {
  readonly ratio: number;
  readonly beat: Seconds;
  readonly period: Seconds;
}

/** Moves a clip by less than a beat, so that the first beat it plays lies on the timeline's nearest one. */
function putOnGrid(edit: Edit, { clip, tempo, seconds, firstFrame, file }: ClipTime, beats: FileBeats): void {
  const { ratio, beat, period } = beats;
  const start = firstFrame / file.sample_rate;
  /** A beat that lies on the start to within rounding is the first one. */
  const first = beat + Math.ceil((start - beat) / period - 1e-6) * period;
  const offset = (first - start) * ratio;
  const nearest = Math.round(tempo.secondsToBeats(seconds + offset));
  const target = Math.max(nearest, Math.ceil(tempo.secondsToBeats(offset)));
  edit.set(clip, { play_position: tempo.fromSeconds(Math.max(0, tempo.beatsToSeconds(target) - offset)) });
}

function stretchTo(edit: Edit, { clip, file }: ClipTime, stretch_ratio: number): void {
  const pitch_shift = clip.stretch_algo === 'none' ? 0 : clip.pitch_shift;
  const stretch = { stretch_algo: 'bungee', stretch_ratio, pitch_shift } as const;
  edit.set(clip, { ...stretch, ...fittingFades(clip, lengthOf({ ...clip, ...stretch }, file)) });
}
