// Times in the lanes: what the pointer means, caught like everything that is dragged; and steps of the keyboard.
import type { TempoMap } from '../../core/tempo.ts';
import type { Seconds } from '../../core/units.ts';
import { snapPixels, snapTargets } from '../../editor/gestures/gesture.ts';
import { type Snapped, snapTime } from '../../editor/snap.ts';
import { gridStep } from '../../editor/time-grid.ts';
import { xToTime } from '../../editor/viewport.ts';
import type { TimelineModel } from '../timeline/model.ts';
import type { LanePoint } from './lane-drag.ts';

export interface SnapChoice {
  /** Where the dragged thing itself stands: no target. */
  readonly own?: Seconds;
  /** Whose grid it is; default that of the timeline. */
  readonly tempo?: TempoMap;
}

/** The time under a point, or the line near it; Alt lets go of it. */
export function timeAt(model: TimelineModel, point: LanePoint, { own, tempo }: SnapChoice = {}): Snapped {
  const context = model.context();
  const wanted = Math.max(0, xToTime(context.view, point.x));
  const scene = tempo ? { ...context.scene, tempo } : context.scene;
  const { others, ...targets } = snapTargets({ ...context, scene }, point.alt);
  const apart = others.filter((other) => other !== own);
  return snapTime(wanted, { ...targets, others: apart }, snapPixels * context.view.secondsPerPixel);
}

/** A time moved along the grid in sight, or, `fine`, by one pixel. */
export function nudged(model: TimelineModel, time: Seconds, direction: 1 | -1, fine: boolean): Seconds {
  const { tempo } = model.scene();
  const view = model.view();
  if (fine) return Math.max(0, time + direction * view.secondsPerPixel);
  const beats = tempo.secondsToBeats(time) + direction * gridStep(tempo, view, time);
  return tempo.beatsToSeconds(Math.max(0, beats));
}
