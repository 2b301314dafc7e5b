// How time passes along one stretch of a tempo map: at one tempo, or at a tempo that moves linearly in beats.
import { distance, type ExactSum, rounded } from './exact-sum.ts';
import type { Beats, Seconds } from './units.ts';

/**
 * A stretch is evaluated from its slower end: there the arguments of the logarithm and the exponential are positive and
 * nothing cancels, however steep it is. With `d` beats from the anchor the tempo is bpm + slope * d, so that the seconds
 * are the integral of 60 / tempo: 60 / slope * log(1 + slope * d / bpm).
 */
export interface TempoStretch {
  readonly anchorBeats: ExactSum;
  readonly anchorSeconds: ExactSum;
  /** At the anchor, in quarter notes per minute. */
  readonly anchorBpm: number;
  /** Quarter notes per minute gained per beat; 0 at one tempo. */
  readonly slope: number;
}

export const secondsAt = (stretch: TempoStretch, beats: Beats): Seconds =>
  rounded(stretch.anchorSeconds, secondsOver(stretch, distance(beats, stretch.anchorBeats)));

export const beatsAt = (stretch: TempoStretch, seconds: Seconds): Beats =>
  rounded(stretch.anchorBeats, beatsOver(stretch, distance(seconds, stretch.anchorSeconds)));

export const bpmAt = (stretch: TempoStretch, beats: Beats): number =>
  stretch.anchorBpm + stretch.slope * distance(beats, stretch.anchorBeats);

type Pace = Pick<TempoStretch, 'anchorBpm' | 'slope'>;

/** Seconds that pass over so many beats from the anchor; negative before it. */
export const secondsOver = ({ anchorBpm, slope }: Pace, beats: Beats): Seconds =>
  ((60 * beats) / anchorBpm) * logarithmRatio((slope * beats) / anchorBpm);

const beatsOver = ({ anchorBpm, slope }: Pace, seconds: Seconds): Beats =>
  ((seconds * anchorBpm) / 60) * exponentialRatio((slope * seconds) / 60);

/** Beats that pass in so many seconds while the tempo moves from one value to the other. */
export function beatsOfRamp(seconds: Seconds, slower: number, faster: number): Beats {
  return (seconds * slower) / 60 / logarithmRatio((faster - slower) / slower);
}

/** log(1 + x) / x, which is 1 at 0. `log1p` keeps its relative precision down to the smallest x, so no series is needed. */
const logarithmRatio = (x: number): number => (x === 0 ? 1 : Math.log1p(x) / x);

/** (e^x - 1) / x, which is 1 at 0. */
const exponentialRatio = (x: number): number => (x === 0 ? 1 : Math.expm1(x) / x);
