// What plays inside a clip that is no sound: blocks in rows, a line where it begins anew, a tick for each action.
import type { Box } from './frame-shape.ts';
import type { ClipColours } from './palette.ts';
import type { Raster } from './raster.ts';
import type { SceneClip } from './scene.ts';
import type { Viewport } from './viewport.ts';

/** CSS pixels. */
const rowGap = 2;
const tallestRow = 14;

/** @param box of the content, in device pixels. */
export function paintBlocks(
  raster: Raster,
  view: Viewport,
  scale: number,
  clip: SceneClip,
  box: Box,
  colours: ClipColours,
): void {
  const { picture } = clip;
  if (!picture) return;
  const columnAt = (time: number): number =>
    Math.round(((clip.start + time - view.left) / view.secondsPerPixel) * scale);
  const room = (box.bottom - box.top) / picture.rows;
  const height = Math.max(1, Math.min(tallestRow * scale, Math.round(room - rowGap * scale)));
  for (const { from, to, row } of picture.blocks) {
    const top = Math.round(box.top + row * room);
    const left = Math.max(box.left, columnAt(from));
    const right = Math.min(box.right, Math.max(columnAt(to) - 1, left + 1));
    if (right > left) raster.rect(left, top, right, Math.min(box.bottom, top + height), colours.rms);
  }
  for (const at of picture.repeats) {
    const x = columnAt(at);
    if (x > box.left && x < box.right)
      raster.rect(x, box.top, x + Math.max(1, Math.round(scale)), box.bottom, colours.peaks);
  }
}
