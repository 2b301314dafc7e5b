// Behind the clips: lanes, the grid, markers and the loop's range.

import type { FrameShape } from './frame-shape.ts';
import { type LaneLayout, laneGap, lanesInSight, laneTop } from './layout.ts';
import type { Palette } from './palette.ts';
import { mix, type Raster } from './raster.ts';
import type { Scene } from './scene.ts';
import { linesInSight } from './time-grid.ts';
import { timeToX, type Viewport } from './viewport.ts';

/** Least distance of two grid lines, in CSS pixels. */
const gridPixels = 14;

export function paintLanes(
  raster: Raster,
  scene: Scene,
  layout: LaneLayout,
  view: Viewport,
  shape: FrameShape,
  palette: Palette,
): void {
  const { scale, top } = shape;
  raster.rect(0, top, raster.width, raster.height, palette.background);
  const { first, last } = lanesInSight(scene, layout, view);
  for (let lane = first; lane <= last; lane++) {
    const y = top + Math.round((laneTop(layout, view, lane) + laneGap / 2) * scale);
    const bottom = y + Math.round((layout.laneHeight - laneGap) * scale);
    raster.rect(0, Math.max(top, y), raster.width, bottom, palette.lane);
  }
  const colours = {
    bar: mix(palette.lane, palette.lineStrong, 0.5),
    beat: mix(palette.lane, palette.line, 0.6),
    division: mix(palette.lane, palette.line, 0.3),
  };
  const one = Math.max(1, Math.round(scale));
  for (const line of linesInSight(scene.tempo, view, gridPixels)) {
    const x = Math.round(timeToX(view, line.seconds) * scale);
    raster.rect(x, top, x + one, raster.height, colours[line.level]);
  }
  if (scene.loop) {
    const left = Math.round(timeToX(view, scene.loop.start) * scale);
    const right = Math.round(timeToX(view, scene.loop.end) * scale);
    const colour = scene.loop.enabled ? palette.accent : palette.lineStrong;
    raster.tint(left, top, right, raster.height, colour, scene.loop.enabled ? 0.05 : 0.03);
    for (const x of [left, right]) raster.tint(x, top, x + one, raster.height, colour, 0.5);
  }
  for (const marker of scene.markers) {
    const x = Math.round(timeToX(view, marker.time) * scale);
    raster.tint(x, top, x + one, raster.height, palette.bright, 0.35);
  }
}
