// Wheel and pinch: where the view goes. Pure arithmetic, nothing to cancel.
import { panBy, type Viewport, xToTime, zoomAt } from '../viewport.ts';

export interface WheelSample {
  readonly x: number;
  /** CSS pixels. */
  readonly deltaX: number;
  readonly deltaY: number;
  readonly shift: boolean;
  readonly mod: boolean;
}

/** Wheel pixels that double or halve the zoom. */
const pixelsPerOctave = 200;

/**
 * Ctrl or Command zooms at the pointer, Shift scrolls along the time, and a plain wheel scrolls the lanes, or along the
 * time when all lanes are in sight.
 */
export function wheel(view: Viewport, sample: WheelSample, contentHeight: number): Viewport {
  if (sample.mod) return zoomAt(view, sample.x, 2 ** (-sample.deltaY / pixelsPerOctave));
  const sideways = sample.shift || contentHeight <= view.height;
  if (sideways) return panBy(view, sample.deltaX + sample.deltaY, 0);
  return panBy(view, sample.deltaX, sample.deltaY);
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Two fingers: the times and lanes under them stay under them. */
export function pinch(view: Viewport, before: readonly [Point, Point], now: readonly [Point, Point]): Viewport {
  const middle = (points: readonly [Point, Point]): Point => ({
    x: (points[0].x + points[1].x) / 2,
    y: (points[0].y + points[1].y) / 2,
  });
  const spread = (points: readonly [Point, Point]): number => Math.max(24, Math.abs(points[0].x - points[1].x));
  const from = middle(before);
  const to = middle(now);
  const zoomed = zoomAt(view, from.x, spread(now) / spread(before));
  const time = xToTime(view, from.x);
  return { ...zoomed, left: time - to.x * zoomed.secondsPerPixel, top: view.top + from.y - to.y };
}

/** Pixels per frame to scroll while something is dragged near an edge or past it. */
export function edgeScroll(view: Viewport, pointer: Point): Point {
  const band = 32;
  const along = (at: number, size: number): number => {
    if (at < band) return Math.max(-24, (at - band) / 3);
    return at > size - band ? Math.min(24, (at - size + band) / 3) : 0;
  };
  return { x: along(pointer.x, view.width), y: pointer.y < 0 ? 0 : along(pointer.y, view.height) };
}
