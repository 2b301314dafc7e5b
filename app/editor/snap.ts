// Snapping: the nearest of the grid lines, clip edges, markers, attacks and the playhead that is close enough to matter.
import type { Seconds } from '../core/units.ts';
import { firstIndex } from './interval-index.ts';

export interface SnapTargets {
  /** Ascending, in seconds. */
  readonly edges: Float64Array;
  readonly others: readonly Seconds[];
  /** Attacks in sounds, ascending. */
  readonly transients?: Float64Array;
  /** The grid line nearest to a time; without it there is no grid. */
  readonly grid?: (time: Seconds) => Seconds;
}

export interface Snapped {
  readonly time: Seconds;
  /** The line that was met; undefined when nothing was near. */
  readonly line: Seconds | undefined;
}

/** Of ascending times the one nearest to `time`. */
export function nearestTime(times: Float64Array, time: Seconds): Seconds | undefined {
  const after = firstIndex(times.length, (index) => (times[index] ?? 0) >= time);
  const right = times[after];
  const left = times[after - 1];
  if (left === undefined) return right;
  if (right === undefined) return left;
  return time - left <= right - time ? left : right;
}

/** Snaps one time within `tolerance` seconds; things win over the grid at equal distance. */
export function snapTime(time: Seconds, targets: SnapTargets, tolerance: Seconds): Snapped {
  const edge = nearestTime(targets.edges, time);
  const transient = targets.transients && nearestTime(targets.transients, time);
  const candidates = [edge, ...targets.others, transient, targets.grid?.(time)];
  let best: Seconds | undefined;
  let distance = tolerance;
  for (const candidate of candidates) {
    if (candidate === undefined) continue;
    const away = Math.abs(candidate - time);
    if (away < distance || (away === distance && best === undefined)) {
      best = candidate;
      distance = away;
    }
  }
  return { time: best ?? time, line: best };
}

/**
 * Snaps a movement: of all `points` (say, a clip's start and end), moved by `delta`, the one nearest to a target decides.
 * Returns the corrected movement.
 */
export function snapDelta(
  points: readonly Seconds[],
  delta: Seconds,
  targets: SnapTargets,
  tolerance: Seconds,
): { readonly delta: Seconds; readonly line: Seconds | undefined } {
  let best: { delta: Seconds; line: Seconds | undefined } = { delta, line: undefined };
  let distance = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const snapped = snapTime(point + delta, targets, tolerance);
    const away = Math.abs(snapped.time - point - delta);
    if (snapped.line !== undefined && away < distance) {
      best = { delta: snapped.time - point, line: snapped.line };
      distance = away;
    }
  }
  return best;
}

/** The edges without those of the clips that are being moved. */
export function edgesWithout(
  edges: Float64Array,
  moved: Iterable<{ readonly start: Seconds; readonly end: Seconds }>,
): Float64Array {
  const left = new Map<number, number>();
  for (const { start, end } of moved) {
    left.set(start, (left.get(start) ?? 0) + 1);
    left.set(end, (left.get(end) ?? 0) + 1);
  }
  return edges.filter((edge) => {
    const count = left.get(edge) ?? 0;
    if (count > 0) left.set(edge, count - 1);
    return count === 0;
  });
}
