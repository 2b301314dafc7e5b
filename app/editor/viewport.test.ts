import { describe, expect, it } from 'vitest';
import { view } from './testing/fixtures.ts';
import {
  clampViewport,
  closestSecondsPerPixel,
  fitRange,
  panBy,
  reveal,
  rightOf,
  timeToX,
  xToTime,
  zoomAt,
} from './viewport.ts';

describe('viewport', () => {
  it('keeps the time under the pointer through 60 octave quarters of zoom, within a thousandth of a pixel', () => {
    let zoomed = { ...view, left: 86_400 };
    const time = xToTime(zoomed, 333);
    for (let step = 0; step < 60; step++) zoomed = zoomAt(zoomed, 333, 2 ** 0.25);
    expect(Math.abs(timeToX(zoomed, time) - 333)).toBeLessThan(1e-3);
    expect(zoomed.secondsPerPixel).toBeCloseTo(Math.max(0.01 / 2 ** 15, closestSecondsPerPixel), 12);
  });

  it('tells single samples apart after 24 hours', () => {
    const close = { ...view, left: 86_400, secondsPerPixel: closestSecondsPerPixel };
    expect(timeToX(close, 86_400 + 1 / 48_000)).toBeCloseTo(40, 3);
  });

  it('stops at 40 pixels per sample and at 1000 seconds per pixel', () => {
    expect(zoomAt(view, 0, 1e9).secondsPerPixel).toBe(1 / 1_920_000);
    expect(zoomAt(view, 0, 1e-9).secondsPerPixel).toBe(1000);
  });

  it('scrolls no further than 16 pixels before zero and a quarter of the width before the end', () => {
    expect(clampViewport(panBy(view, -5000, -10), 60, 800).left).toBeCloseTo(-0.16, 12);
    const last = clampViewport(panBy(view, 1e6, 1e6), 60, 800);
    expect(last.left).toBe(57.5);
    expect(last.top).toBe(400);
  });

  it('fits a range into 92 % of the width, centred', () => {
    const fitted = fitRange(view, 10, 56);
    expect(fitted.secondsPerPixel).toBeCloseTo(0.05, 12);
    expect(timeToX(fitted, 10)).toBeCloseTo(40, 9);
    expect(rightOf(fitted)).toBeCloseTo(58, 9);
  });

  it('turns the page when the playhead passes 95 % of it', () => {
    expect(reveal(view, 9.5)).toBe(view);
    expect(timeToX(reveal(view, 9.6), 9.6)).toBeCloseTo(100, 9);
  });
});
