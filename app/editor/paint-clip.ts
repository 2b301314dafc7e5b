// One clip: tinted body with a name stripe, waveform shaped by gain and fades, fade curves, outline.
import { fadeGain, shownFades } from './fade.ts';
import type { Box, FrameShape } from './frame-shape.ts';
import { fadeHandles } from './hit-test.ts';
import { clipRect, type LaneLayout, laneGap, nameStripeHeight } from './layout.ts';
import { paintBlocks } from './paint-blocks.ts';
import { paintTransients } from './paint-transients.ts';
import type { WaveformPainter } from './paint-waveform.ts';
import type { ClipColours, Palette } from './palette.ts';
import type { Raster } from './raster.ts';
import type { SceneClip } from './scene.ts';
import type { Viewport } from './viewport.ts';

type BodyColours = Pick<ClipColours, 'stripe' | 'body'>;

export interface ClipLook {
  readonly selected: boolean;
  readonly focused: boolean;
  readonly handles: boolean;
  /** Attacks to draw, in timeline seconds. */
  readonly transients?: Float64Array | undefined;
}

/** CSS pixels. */
const cornerRadius = 4;
const frameThickness = 1.5;
/** Narrower fades would be mere specks. */
const leastFadeWidth = 3;

function boxOf(layout: LaneLayout, view: Viewport, shape: FrameShape, clip: SceneClip): Box {
  const rect = clipRect(layout, view, clip);
  const left = Math.round(rect.x * shape.scale);
  const top = Math.round(rect.y * shape.scale) + shape.top;
  // A pixel of air separates neighbours that touch.
  const right = Math.max(left + 1, Math.round((rect.x + rect.width) * shape.scale) - (rect.width > 4 ? 1 : 0));
  return { left, top, right, bottom: top + Math.round((layout.laneHeight - laneGap) * shape.scale) };
}

/** A filled box with round corners, the rows above `stripeBottom` in the stripe's colour. */
function paintBody(raster: Raster, box: Box, colours: BodyColours, stripeBottom: number, radius: number): void {
  const rows = box.right - box.left > 2 * radius ? Math.ceil(radius) : 0;
  const row = (y: number, inset: number): void =>
    raster.rect(box.left + inset, y, box.right - inset, y + 1, y < stripeBottom ? colours.stripe : colours.body);
  for (let index = 0; index < rows; index++) {
    const inset = Math.round(radius - Math.sqrt(Math.max(0, radius ** 2 - (radius - index - 0.5) ** 2)));
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
  const radius = cornerRadius * scale;
  const frame = look.selected ? Math.max(1, Math.round(frameThickness * scale)) : 0;
  if (look.focused) {
    const focus = Math.round(2 * scale);
    const ring = { stripe: palette.accent, body: palette.accent };
    paintBody(raster, grow(box, focus), ring, stripeBottom, radius + focus);
  }
  if (frame > 0) paintBody(raster, box, { stripe: palette.bright, body: palette.bright }, stripeBottom, radius);
  const inside = grow(box, -frame);
  paintBody(raster, inside, colours, stripeBottom, radius - frame);
  const inner = { ...inside, top: stripeBottom + Math.round(2 * scale), bottom: box.bottom - Math.round(2 * scale) };
  if (inner.bottom - inner.top > 4) {
    if (clip.picture) paintBlocks(raster, view, scale, clip, inner, colours);
    else waveforms.paint(raster, view, scale, clip, inner, colours);
  }
  if (look.transients) paintTransients(raster, view, scale, look.transients, inner, palette.bright);
  paintFades(raster, view, scale, clip, { ...inside, top: stripeBottom }, palette);
  if (look.handles && !clip.picture) paintHandles(raster, layout, view, shape, clip, palette);
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
  const shownFrom = leastFadeWidth * view.secondsPerPixel;
  const fades = shownFades(clip);
  if (fades.in >= shownFrom) paint(box.left, box.left + fades.in / secondsPerColumn);
  if (fades.out >= shownFrom) paint(box.right - fades.out / secondsPerColumn, box.right);
}
