// A clip as the fallback engine schedules it: in seconds.
import type { EngineClip } from './audio-engine.ts';
import { samePlace } from './engine-clip.ts';

export interface TimedClip {
  readonly clip: EngineClip;
  /** Rate of its file, Hz. */
  readonly sampleRate: number;
}

export const clipStart = ({ clip }: TimedClip): number => clip.startSeconds;
export const clipEnd = ({ clip, sampleRate }: TimedClip): number => clip.startSeconds + clip.sourceFrames / sampleRate;

/** When a voice sounds: context times, and the timeline position at its start. */
export interface VoiceSpan {
  readonly at: number;
  readonly until: number;
  readonly position: number;
}

/** Whether a voice of the one can go on as the other: gain, pan, mute and a stretched clip's pitch glide. */
export const canGlide = (one: EngineClip, other: EngineClip): boolean =>
  one.stretch && other.stretch
    ? one.stretch.ratio === other.stretch.ratio && samePlace({ ...one, stretch: other.stretch }, other)
    : samePlace(one, other);
