// The whole project as thin bars, and the part of it that is in sight.
import type { Palette } from './palette.ts';
import { Raster } from './raster.ts';
import type { Scene } from './scene.ts';

/** Seconds that the overview spans: everything, and at least what an empty timeline shows. */
export const overviewLength = (scene: Scene): number => Math.max(30, scene.end * 1.02);

/** Bars of all clips, one row per lane. @param width, height device pixels. */
export function paintOverview(scene: Scene, palette: Palette, width: number, height: number): Raster {
  const raster = new Raster(width, height);
  raster.clear(palette.surface);
  const secondsPerPixel = overviewLength(scene) / width;
  const rowHeight = height / Math.max(4, scene.lanes.length);
  scene.lanes.forEach((lane, row) => {
    const top = Math.round(row * rowHeight);
    const bottom = Math.max(top + 1, Math.round((row + 1) * rowHeight) - (rowHeight >= 3 ? 1 : 0));
    for (const clip of lane.clips.items) {
      const set = palette.clips[clip.color] ?? palette.clips[0];
      if (!set) continue;
      const left = Math.round(clip.start / secondsPerPixel);
      const right = Math.max(left + 1, Math.round(clip.end / secondsPerPixel));
      raster.rect(left, top, right, bottom, (clip.silent ? set.silent : set.normal).peaks);
    }
  });
  return raster;
}
