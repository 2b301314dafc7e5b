// The fade curve that is heard, for painters.
import { clamp } from '../core/units.ts';
import type { SceneClip } from './scene.ts';

/** 3x^2 - 2x^3 of the position inside the fade: the engine's curve. */
export const fadeCurve = (x: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

/** Gain of a clip's fades at a time in seconds from its start. */
export function fadeGain(clip: FadedClip, time: number): number {
  const { before, after } = clip.fadesBeyond;
  const remaining = clip.end - clip.start - time;
  const fadeIn = clip.fadeIn > 0 ? fadeCurve((before + time) / clip.fadeIn) : 1;
  return clip.fadeOut > 0 ? fadeIn * fadeCurve((remaining + after) / clip.fadeOut) : fadeIn;
}

type FadedClip = Pick<SceneClip, 'start' | 'end' | 'fadeIn' | 'fadeOut' | 'fadesBeyond'>;

/** How much of a clip's own length its fades take, in seconds. */
export function shownFades({ start, end, fadeIn, fadeOut, fadesBeyond: { before, after } }: FadedClip) {
  return { in: clamp(fadeIn - before, 0, end - start), out: clamp(fadeOut - after, 0, end - start) };
}
