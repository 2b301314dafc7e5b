// Paints one frame of the timeline: pixels first, in one raster, then the words on top.

import type { Seconds } from '../core/units.ts';
import type { FrameShape } from './frame-shape.ts';
import { clipRect, type LaneLayout, lanesInSight, rulerHeight } from './layout.ts';
import { paintClip } from './paint-clip.ts';
import { LabelPainter } from './paint-labels.ts';
import { paintLanes } from './paint-lanes.ts';
import { paintRulerPixels, paintRulerText } from './paint-ruler.ts';
import type { WaveformPainter } from './paint-waveform.ts';
import type { Palette } from './palette.ts';
import { Raster } from './raster.ts';
import type { Scene, SceneClip } from './scene.ts';
import { rightOf, type Viewport } from './viewport.ts';

export interface FrameInput {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly view: Viewport;
  readonly palette: Palette;
  /** Device pixels per CSS pixel. */
  readonly scale: number;
  readonly selected: ReadonlySet<string>;
  /** The clip that the keyboard is on, while it is. */
  readonly focused: string | undefined;
  /** The clip under the pointer: it shows its fade handles. */
  readonly hovered: string | undefined;
  /** Clips as a gesture would leave them, drawn in front. */
  readonly ghosts: readonly SceneClip[];
  /** Clips that ghosts stand for. */
  readonly hidden: ReadonlySet<string>;
  /** Attacks in a clip's sound inside (from, to), in timeline seconds; without it none are drawn. */
  readonly transientsIn?: ((clip: SceneClip, from: Seconds, to: Seconds) => Float64Array) | undefined;
}

/** Clips narrower than this many CSS pixels carry no name. */
const namedWidth = 36;

export class FramePainter {
  readonly #waveforms: WaveformPainter;
  readonly #labels = new LabelPainter();
  #raster = new Raster(1, 1);

  constructor(waveforms: WaveformPainter) {
    this.#waveforms = waveforms;
  }

  /** @param context of a canvas whose size is the view's plus the ruler, times the scale. */
  paint(context: CanvasRenderingContext2D, input: FrameInput): void {
    const { scene, layout, view, palette, scale } = input;
    const { width, height } = context.canvas;
    if (this.#raster.width !== width || this.#raster.height !== height) this.#raster = new Raster(width, height);
    const raster = this.#raster;
    const shape: FrameShape = { scale, top: Math.round(rulerHeight * scale) };
    paintLanes(raster, scene, layout, view, shape, palette);
    const named = this.#paintClips(raster, shape, input);
    paintRulerPixels(raster, scene, view, shape, palette);
    context.putImageData(new ImageData(raster.bytes, width, height), 0, 0);
    paintRulerText(context, scene, view, shape, palette);
    this.#labels.begin(context, shape, palette);
    // From the front to the back: a name ends where a clip in front of it begins.
    const inFront = new Map<number, SceneClip[]>();
    for (const clip of named.reverse()) {
      const others = inFront.get(clip.lane) ?? [];
      this.#labels.paint(context, layout, view, shape, clip, others);
      others.push(clip);
      inFront.set(clip.lane, others);
    }
  }

  #paintClips(raster: Raster, shape: FrameShape, input: FrameInput): SceneClip[] {
    const { scene, layout, view, palette } = input;
    const named: SceneClip[] = [];
    const paint = (clip: SceneClip, isGhost: boolean): void => {
      const look = {
        selected: isGhost || input.selected.has(clip.id),
        focused: clip.id === input.focused,
        handles: clip.id === input.hovered,
        transients: input.transientsIn?.(clip, view.left, rightOf(view)),
      };
      paintClip(raster, this.#waveforms, layout, view, shape, palette, clip, look);
      if (clipRect(layout, view, clip).width >= namedWidth) named.push(clip);
    };
    const { first, last } = lanesInSight(scene, layout, view);
    for (let lane = first; lane <= last; lane++) {
      scene.lanes[lane]?.clips.forEachIn(view.left, rightOf(view), (clip) => {
        if (!input.hidden.has(clip.id)) paint(clip, false);
      });
    }
    for (const ghost of input.ghosts) paint(ghost, true);
    return named;
  }
}
