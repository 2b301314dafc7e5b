// Where a clip lies in time: its frames in the file, its seconds and its span on the timeline.
import {
  type PlayedPart,
  soundingFrames,
  sourceFrame,
  sourceRange,
  stretchedFrame,
  stretchOf,
} from '../core/stretched-frames.ts';
import { type TempoMap, tempoMapOf } from '../core/tempo.ts';
import { type Frames, nearestFrame, type Seconds } from '../core/units.ts';
import type { AudioClipAtome, AudioFileAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { Edit } from './edit.ts';

export interface ClipTime {
  readonly clip: AudioClipAtome;
  readonly file: AudioFileAtome;
  readonly timeline: TimelineAtome;
  readonly tempo: TempoMap;
  /** Where it starts on the timeline. */
  readonly seconds: Seconds;
  /** How much longer it lasts than what it plays of its file. */
  readonly stretch: number;
  /** Source frames it plays: [firstFrame, endFrame). */
  readonly firstFrame: Frames;
  readonly endFrame: Frames;
}

/** @param field of the command that names the clip. @throws AtomeError ERR_NOT_FOUND */
export function clipTime(edit: Edit, clipId: string, field?: string): ClipTime {
  const clip = edit.need('AudioClipAtome', clipId, field);
  const file = edit.need('AudioFileAtome', clip.audio_file_id);
  const timeline = edit.need('TimelineAtome', clip.timeline_id);
  const tempo = tempoMapOf(timeline);
  const { first, end } = sourceRange(clip, file);
  return {
    clip,
    file,
    timeline,
    tempo,
    seconds: tempo.toSeconds(clip.play_position),
    stretch: stretchOf(clip),
    firstFrame: first,
    endFrame: end,
  };
}

/** Seconds of the timeline from the clip's start to a source frame; whole frames of the file's rate. */
export const secondsTo = ({ firstFrame, file, stretch }: ClipTime, frame: Frames): Seconds =>
  (stretchedFrame(frame, stretch) - stretchedFrame(firstFrame, stretch)) / file.sample_rate;

/** When a source frame of the clip sounds, in seconds of its timeline. */
export const secondsOfFrame = (time: ClipTime, frame: Frames): Seconds => time.seconds + secondsTo(time, frame);

/** Where a source frame of the clip sounds, in the timeline's timebase. */
export const positionOfFrame = (time: ClipTime, frame: Frames): number =>
  time.tempo.fromSeconds(secondsOfFrame(time, frame));

/** The source frame that sounds at a time of the timeline. */
export const frameAtSeconds = ({ seconds, firstFrame, file, stretch }: ClipTime, at: Seconds): Frames =>
  sourceFrame(stretchedFrame(firstFrame, stretch) + nearestFrame(at - seconds, file.sample_rate), stretch);

/** How long a clip sounds. */
export const lengthOf = (clip: PlayedPart, file: AudioFileAtome): Seconds =>
  soundingFrames(clip, file) / file.sample_rate;
