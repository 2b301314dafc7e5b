// Clips as a backend sees them: which changes are of the mix alone, and what a clip that is not cut looks like.
import type { ClipCut, ClipStretch, EngineClip } from './audio-engine.ts';

export const uncut: ClipCut = { before: 0, after: 0, fadeIn: 0, fadeOut: 0 };

const placeFields = [
  'timelineId',
  'hash',
  'startSeconds',
  'sourceStart',
  'sourceFrames',
  'fadeInFrames',
  'fadeOutFrames',
] as const satisfies readonly (keyof EngineClip)[];

/** Whether two clips differ in gain, pan and mute at most. */
export const samePlace = (one: EngineClip, other: EngineClip): boolean =>
  placeFields.every((field) => one[field] === other[field]) &&
  sameStretch(one.stretch, other.stretch) &&
  sameCut(one.cut ?? uncut, other.cut ?? uncut);

const sameStretch = (one: ClipStretch | undefined, other: ClipStretch | undefined): boolean =>
  one?.ratio === other?.ratio && one?.semitones === other?.semitones;

const sameCut = (one: ClipCut, other: ClipCut): boolean =>
  one === other ||
  (one.before === other.before &&
    one.after === other.after &&
    one.fadeIn === other.fadeIn &&
    one.fadeOut === other.fadeOut);
