// The grid at the zoom at hand: which musical division and which step of plain time leave room between their lines.
import type { TempoMap } from '../core/tempo.ts';
import { barPositionAt, type GridDivision, type GridLine, gridLines, snap } from '../core/tempo-grid.ts';
import type { Seconds } from '../core/units.ts';
import { rightOf, type Viewport } from './viewport.ts';

/** From the finest division that is offered (a 512th note) up to the bar. */
const beatDivisions = [1 / 128, 1 / 64, 1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1];

/** The finest division whose lines stand at least `pixels` apart, judged by the tempo in the middle of the view. */
export function divisionFor(map: TempoMap, view: Viewport, pixels: number): GridDivision {
  const middle = Math.max(0, view.left + (view.width / 2) * view.secondsPerPixel);
  const beatsAtMiddle = map.secondsToBeats(middle);
  const segment = map.segmentAtBeats(beatsAtMiddle);
  const needed = (pixels * view.secondsPerPixel * map.bpmAt(beatsAtMiddle)) / 60;
  const notes = 4 / segment.denominator;
  const beats = beatDivisions.map((division) => division * notes).find((division) => division >= needed);
  if (beats !== undefined && beats < segment.barBeats) return { beats };
  return { bars: 2 ** Math.max(0, Math.ceil(Math.log2(needed / segment.barBeats))) };
}

/** Beats of one step of the grid in sight, by the time signature at `time`. */
export function gridStep(map: TempoMap, view: Viewport, time: Seconds): number {
  const division = divisionFor(map, view, 14);
  if ('beats' in division) return division.beats;
  return division.bars * map.segmentAtBeats(map.secondsToBeats(time)).barBeats;
}

/** The grid lines in sight, at least `pixels` apart. */
export function linesInSight(map: TempoMap, view: Viewport, pixels: number): GridLine[] {
  const from = map.secondsToBeats(Math.max(0, view.left));
  return gridLines(map, from, map.secondsToBeats(Math.max(0, rightOf(view))), divisionFor(map, view, pixels));
}

/** The grid line nearest to a time, of those at least `pixels` apart. */
export function nearestLine(map: TempoMap, view: Viewport, pixels: number, time: Seconds): Seconds {
  return map.beatsToSeconds(snap(map, map.secondsToBeats(Math.max(0, time)), divisionFor(map, view, pixels)));
}

/** Seconds between time labels: 1, 2, 5 times a power of ten below a minute, whole minutes and hours above. */
export function timeStep(secondsPerPixel: number, pixels: number): Seconds {
  const needed = secondsPerPixel * pixels;
  if (needed > 30) {
    const steps = [60, 120, 300, 600, 1800, 3600, 7200, 18_000, 36_000, 86_400];
    return steps.find((step) => step >= needed) ?? 86_400 * Math.ceil(needed / 86_400);
  }
  const steps = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10].flatMap((unit) => [unit, unit * 2, unit * 5]);
  return steps.find((step) => step <= 30 && step >= needed) ?? 30;
}

/** 1:02:03.045; hours and decimals only when they are needed. */
export function formatTime(time: Seconds, decimals = 3): string {
  const unit = 10 ** decimals;
  const total = Math.round(Math.abs(time) * unit);
  const seconds = Math.floor(total / unit);
  const fraction = decimals > 0 ? `.${String(total % unit).padStart(decimals, '0')}` : '';
  const pad = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const front = hours > 0 ? `${hours}:${pad(minutes)}` : String(minutes);
  return `${time < 0 ? '-' : ''}${front}:${pad(seconds % 60)}${fraction}`;
}

/** Decimals that tell neighbouring labels apart. */
export const decimalsFor = (step: Seconds): number => Math.max(0, Math.min(6, Math.ceil(-Math.log10(step) - 1e-9)));

/** "3", "3.2" or "3.2.480": as short as the place allows. */
export function formatBars(map: TempoMap, time: Seconds): string {
  const { bar, beat, tick } = barPositionAt(map, map.secondsToBeats(Math.max(0, time)));
  if (tick > 0) return `${bar}.${beat}.${String(tick).padStart(3, '0')}`;
  return beat > 1 ? `${bar}.${beat}` : String(bar);
}

/** A position in words, for the gesture at hand and for the screen reader: "bar 3.2, 0:04.500". */
export const describePosition = (map: TempoMap, time: Seconds): string =>
  `${formatBars(map, time)}  ${formatTime(time)}`;
