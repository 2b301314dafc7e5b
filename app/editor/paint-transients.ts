// Faint lines through a clip where attacks are in its sound.
import type { Box } from './frame-shape.ts';
import type { Colour, Raster } from './raster.ts';
import type { Viewport } from './viewport.ts';

const lineStrength = 0.4;

/** @param times ascending, in timeline seconds. @param box of the waveform, in device pixels. */
export function paintTransients(
  raster: Raster,
  view: Viewport,
  scale: number,
  times: Float64Array,
  box: Box,
  colour: Colour,
): void {
  const width = Math.max(1, Math.round(scale));
  for (const time of times) {
    const x = Math.round(((time - view.left) / view.secondsPerPixel) * scale);
    if (x >= box.left && x + width <= box.right) raster.tint(x, box.top, x + width, box.bottom, colour, lineStrength);
  }
}
