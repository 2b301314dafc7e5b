// The ruler: the loop's bar on top, bars below it, plain time at the bottom.

import type { GridLine } from '../core/tempo-grid.ts';
import type { FrameShape } from './frame-shape.ts';
import { loopBarHeight, rulerHeight } from './layout.ts';
import type { Palette } from './palette.ts';
import { mix, type Raster } from './raster.ts';
import type { Scene } from './scene.ts';
import { decimalsFor, formatBars, formatTime, linesInSight, timeStep } from './time-grid.ts';
import { rightOf, timeToX, type Viewport } from './viewport.ts';

const barLabelPixels = 64;
const timeLabelPixels = 96;

export function paintRulerPixels(raster: Raster, scene: Scene, view: Viewport, shape: FrameShape, palette: Palette) {
  const { scale, top } = shape;
  const loopBottom = Math.round(loopBarHeight * scale);
  raster.rect(0, 0, raster.width, top, palette.surface);
  raster.rect(0, 0, raster.width, loopBottom, mix(palette.surface, palette.background, 0.5));
  raster.rect(0, top - Math.max(1, Math.round(scale)), raster.width, top, palette.line);
  if (scene.loop) {
    const left = Math.round(timeToX(view, scene.loop.start) * scale);
    const right = Math.round(timeToX(view, scene.loop.end) * scale);
    const colour = scene.loop.enabled ? palette.accent : palette.lineStrong;
    raster.rect(
      left,
      Math.round(2 * scale),
      right,
      loopBottom - Math.round(2 * scale),
      mix(palette.surface, colour, 0.55),
    );
    const handle = Math.round(3 * scale);
    raster.rect(left, Math.round(2 * scale), left + handle, loopBottom - Math.round(2 * scale), colour);
    raster.rect(right - handle, Math.round(2 * scale), right, loopBottom - Math.round(2 * scale), colour);
  }
  const one = Math.max(1, Math.round(scale));
  for (const line of linesInSight(scene.tempo, view, 8)) {
    const x = Math.round(timeToX(view, line.seconds) * scale);
    const height = Math.round((line.level === 'bar' ? 6 : 3) * scale);
    raster.rect(x, top - one - height, x + one, top - one, palette.lineStrong);
  }
}

const font = (scale: number, size: number, weight: number): string =>
  `${weight} ${size * scale}px "Inter Variable", system-ui, sans-serif`;

export function paintRulerText(
  context: CanvasRenderingContext2D,
  scene: Scene,
  view: Viewport,
  shape: FrameShape,
  palette: Palette,
): void {
  const { scale } = shape;
  context.textBaseline = 'alphabetic';
  const labelled = (level: GridLine['level']): void => {
    context.font = font(scale, 11, level === 'bar' ? 600 : 450);
    context.fillStyle = level === 'division' ? palette.text.dim : palette.text.bright;
  };
  labelled('division');
  const lines = linesInSight(scene.tempo, view, barLabelPixels);
  // Between two lines, close by: where the left edge stands.
  if (lines.length === 0) context.fillText(formatBars(scene.tempo, view.left), 4 * scale, 28 * scale);
  for (const line of lines) {
    labelled(line.level);
    context.fillText(formatBars(scene.tempo, line.seconds), (timeToX(view, line.seconds) + 4) * scale, 28 * scale);
  }
  const step = timeStep(view.secondsPerPixel, timeLabelPixels);
  const decimals = decimalsFor(step);
  context.font = font(scale, 10, 450);
  context.fillStyle = palette.text.dim;
  const last = Math.ceil(rightOf(view) / step);
  for (let index = Math.max(0, Math.floor(view.left / step)); index <= last; index++) {
    const time = index * step;
    context.fillText(formatTime(time, decimals), (timeToX(view, time) + 4) * scale, (rulerHeight - 8) * scale);
  }
  for (const marker of scene.markers) {
    const x = timeToX(view, marker.time);
    if (x > -200 && x < view.width) context.fillText(marker.name, (x + 4) * scale, (loopBarHeight - 4) * scale);
  }
}
