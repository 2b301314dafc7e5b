// The fades of clips that are parts of longer ones: they run as in the whole, of which some lies before and after the part.
import type { Seconds } from './units.ts';

/** Seconds of the timeline. */
export interface FadesBeyond {
  readonly before: Seconds;
  readonly after: Seconds;
}

interface Faded {
  readonly fade_in: Seconds;
  readonly fade_out: Seconds;
  readonly fades_beyond?: FadesBeyond | undefined;
}

const own: FadesBeyond = { before: 0, after: 0 };

export const fadesBeyond = ({ fades_beyond }: Faded): FadesBeyond => fades_beyond ?? own;

/** Fades cut down to the whole that they belong to. @param length of the clip itself */
export function fittingFades(clip: Faded, length: Seconds): { fade_in: Seconds; fade_out: Seconds } {
  const { before, after } = fadesBeyond(clip);
  const whole = before + length + after;
  return { fade_in: Math.min(clip.fade_in, whole), fade_out: Math.min(clip.fade_out, whole) };
}

/** Whether a clip is fading at a time from its start. @param length of the clip */
export function isFadingAt(clip: Faded, length: Seconds, time: Seconds): boolean {
  const { before, after } = fadesBeyond(clip);
  const { fade_in, fade_out } = fittingFades(clip, length);
  return before + time < fade_in || length - time + after < fade_out;
}

/** The fades as the clip's own: what it shows of them. */
export function ownFades(clip: Faded): { fade_in: Seconds; fade_out: Seconds } {
  const { before, after } = fadesBeyond(clip);
  return { fade_in: Math.max(0, clip.fade_in - before), fade_out: Math.max(0, clip.fade_out - after) };
}

/**
 * With its edges elsewhere: a fade that was cut stays where it is, as far as the whole reaches; one of the clip's own moves
 * with its edge. @param start how much later it begins @param end how much later it ends
 */
export function trimmedBeyond({ before, after }: FadesBeyond, start: Seconds, end: Seconds): FadesBeyond {
  return { before: before && Math.max(0, before + start), after: after && Math.max(0, after - end) };
}
