// The part of a timeline that is in sight: which time is at which pixel, from days to single samples.
import { clamp, type Seconds } from '../core/units.ts';

/** Pixels are CSS pixels of the lane area (right of the lane headers, below the ruler). */
export interface Viewport {
  /** Time at the left edge. */
  readonly left: Seconds;
  readonly secondsPerPixel: number;
  /** Pixels scrolled down. */
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** 40 pixels per frame at 48 kHz: single samples stand apart. */
export const closestSecondsPerPixel = 1 / (48_000 * 40);
/** A hundred hours on a narrow screen. */
export const farthestSecondsPerPixel = 1000;
/** Room before zero, so that the first clip's edge can be grasped. */
const leadingPixels = 16;

export const timeToX = (view: Viewport, time: Seconds): number => (time - view.left) / view.secondsPerPixel;
export const xToTime = (view: Viewport, x: number): Seconds => view.left + x * view.secondsPerPixel;
export const rightOf = (view: Viewport): Seconds => xToTime(view, view.width);

/** Keeps the view where there is something to see: `end` and `contentHeight` are the extent of what is drawn. */
export function clampViewport(view: Viewport, end: Seconds, contentHeight: number): Viewport {
  const secondsPerPixel = clamp(view.secondsPerPixel, closestSecondsPerPixel, farthestSecondsPerPixel);
  const first = -leadingPixels * secondsPerPixel;
  const last = Math.max(first, end - view.width * 0.25 * secondsPerPixel);
  return {
    ...view,
    secondsPerPixel,
    left: clamp(view.left, first, last),
    top: clamp(view.top, 0, Math.max(0, contentHeight - view.height)),
  };
}

/** Zooms by `factor` (above 1: closer) with the time under `x` staying under it. */
export function zoomAt(view: Viewport, x: number, factor: number): Viewport {
  const secondsPerPixel = clamp(view.secondsPerPixel / factor, closestSecondsPerPixel, farthestSecondsPerPixel);
  return { ...view, secondsPerPixel, left: view.left + x * (view.secondsPerPixel - secondsPerPixel) };
}

/** Scrolls by whole or fractional pixels. */
export const panBy = (view: Viewport, x: number, y: number): Viewport => ({
  ...view,
  left: view.left + x * view.secondsPerPixel,
  top: view.top + y,
});

/** Shows a range with a margin of 4 % of the width at either side. */
export function fitRange(view: Viewport, start: Seconds, end: Seconds): Viewport {
  const length = Math.max(end - start, closestSecondsPerPixel * view.width);
  const secondsPerPixel = clamp(length / (view.width * 0.92), closestSecondsPerPixel, farthestSecondsPerPixel);
  return { ...view, secondsPerPixel, left: (start + end) / 2 - (view.width / 2) * secondsPerPixel };
}

/** Turns the page when `time` is out of sight, so that it comes to stand at a tenth of the width. */
export function reveal(view: Viewport, time: Seconds): Viewport {
  const x = timeToX(view, time);
  if (x >= 0 && x <= view.width * 0.95) return view;
  return { ...view, left: time - view.width * 0.1 * view.secondsPerPixel };
}
