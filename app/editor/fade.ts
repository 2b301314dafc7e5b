// The fade curve that is heard, for painters.
import type { SceneClip } from './scene.ts';

/** 3x^2 - 2x^3 of the position inside the fade: the engine's curve. */
export const fadeCurve = (x: number): number => (x <= 0 ? 0 : x >= 1 ? 1 : x * x * (3 - 2 * x));

/** Gain of a clip's fades at a time in seconds from its start. */
export function fadeGain(clip: Pick<SceneClip, 'start' | 'end' | 'fadeIn' | 'fadeOut'>, time: number): number {
  const remaining = clip.end - clip.start - time;
  const fadeIn = clip.fadeIn > 0 ? fadeCurve(time / clip.fadeIn) : 1;
  return clip.fadeOut > 0 ? fadeIn * fadeCurve(remaining / clip.fadeOut) : fadeIn;
}
