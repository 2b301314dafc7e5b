// One clip: tinted body with a name stripe, waveform shaped by gain and fades, fade curves, outline.
import { fadeGain } from './fade.ts';
import type { Box, FrameShape } from './frame-shape.ts';
import { fadeHandles } from './hit-test.ts';
import { clipRect, type LaneLayout, laneGap, nameStripeHeight } from './layout.ts';
import type { WaveformPainter } from './paint-waveform.ts';
import type { ClipColours, Palette } from './palette.ts';
import type { Raster } from './raster.ts';
import type { SceneClip } from './scene.ts';
import type { Viewport } from './viewport.ts';

export interface ClipLook {
  readonly selected: boolean;
  readonly focused: boolean;
  readonly handles: boolean;
}

/** Rows cut off the corners, in CSS pixels from the outermost row on: a radius of four. */
const cornerInsets = [3, 1, 1];

function boxOf(layout: LaneLayout, view: Viewport, shape: FrameShape, clip: SceneClip): Box {
  const rect = clipRect(layout, view, clip);
  const left = Math.round(rect.x * shape.scale);
  const top = Math.round(rect.y * shape.scale) + shape.top;
  // A pixel of air separates neighbours that touch.
  const right = Math.max(left + 1, Math.round((rect.x + rect.width) * shape.scale) - (rect.width > 4 ? 1 : 0));
  return { left, top, right, bottom: top + Math.round((layout.laneHeight - laneGap) * shape.scale) };
}

function paintBody(raster: Raster, box: Box, colours: ClipColours, stripeBottom: number, scale: number): void {
  const round = box.right - box.left > 8 * scale;
  const rows = round ? Math.round(cornerInsets.length * scale) : 0;
  const row = (y: number, inset: number): void =>
    raster.rect(box.left + inset, y, box.right - inset, y + 1, y < stripeBottom ? colours.stripe : colours.body);
  for (let index = 0; index < rows; index++) {
    const inset = Math.round((cornerInsets[Math.floor(index / scale)] ?? 0) * scale);
    row(box.top + index, inset);
    row(box.bottom - 1 - index, inset);
  }
  raster.rect(box.left, box.top + rows, box.right, stripeBottom, colours.stripe);
  raster.rect(box.left, Math.max(stripeBottom, box.top + rows), box.right, box.bottom - rows, colours.body);
}

export function paintClip(
  raster: Raster,
  waveforms: WaveformPainter,
  layout: LaneLayout,
  view: Viewport,
  shape: FrameShape,
  palette: Palette,
  clip: SceneClip,
  look: ClipLook,
): void {
  const { scale } = shape;
  const box = boxOf(layout, view, shape, clip);
  if (box.right <= 0 || box.left >= raster.width || box.bottom <= shape.top || box.top >= raster.height) return;
  const set = palette.clips[clip.color] ?? palette.clips[0];
  if (!set) return;
  const colours = clip.silent ? set.silent : look.selected ? set.selected : set.normal;
  const stripeBottom = Math.min(box.bottom, box.top + Math.round(nameStripeHeight * scale));
  paintBody(raster, box, colours, stripeBottom, scale);
  const inner = { ...box, top: stripeBottom + Math.round(2 * scale), bottom: box.bottom - Math.round(2 * scale) };
  if (inner.bottom - inner.top > 4) waveforms.paint(raster, view, scale, clip, inner, colours);
  paintFades(raster, view, scale, clip, { ...box, top: stripeBottom }, palette);
  if (look.handles) paintHandles(raster, layout, view, shape, clip, palette);
  if (look.selected) outline(raster, box, Math.max(1, Math.round(1.5 * scale)), palette.bright);
  if (look.focused) outline(raster, grow(box, Math.round(2 * scale)), Math.round(2 * scale), palette.accent);
}

/** The two discs that fades are drawn by. */
function paintHandles(
  raster: Raster,
  layout: LaneLayout,
  view: Viewport,
  shape: FrameShape,
  clip: SceneClip,
  palette: Palette,
): void {
  const { inX, outX, y } = fadeHandles(layout, view, clip);
  for (const x of [inX, outX]) {
    raster.disc(x * shape.scale, y * shape.scale + shape.top, 4.5 * shape.scale, palette.background);
    raster.disc(x * shape.scale, y * shape.scale + shape.top, 3.5 * shape.scale, palette.bright);
  }
}

const grow = (box: Box, by: number): Box => ({
  left: box.left - by,
  top: box.top - by,
  right: box.right + by,
  bottom: box.bottom + by,
});

const outline = (raster: Raster, box: Box, thickness: number, colour: number): void =>
  raster.outline(box.left, box.top, box.right, box.bottom, thickness, colour);

/** The curve of each fade as a line, the part it takes away darkened above it. */
function paintFades(raster: Raster, view: Viewport, scale: number, clip: SceneClip, box: Box, palette: Palette): void {
  const height = box.bottom - box.top;
  const secondsPerColumn = view.secondsPerPixel / scale;
  const paint = (from: number, to: number): void => {
    let before: number | undefined;
    for (let x = Math.max(0, box.left, Math.floor(from)); x < Math.min(raster.width, box.right, to); x++) {
      const time = view.left + (x + 0.5) * secondsPerColumn - clip.start;
      const y = box.bottom - fadeGain(clip, time) * height;
      raster.tint(x, box.top, x + 1, Math.round(y), palette.background, 0.45);
      raster.column(x, Math.min(y, before ?? y) - 0.6 * scale, Math.max(y, before ?? y) + 0.6 * scale, palette.bright);
      before = y;
    }
  };
  if (clip.fadeIn > 0) paint(box.left, box.left + clip.fadeIn / secondsPerColumn);
  if (clip.fadeOut > 0) paint(box.right - clip.fadeOut / secondsPerColumn, box.right);
}
