// Names in the stripes of clips, cut to the room there is, and what marks them; widths are measured once.

import type { FrameShape } from './frame-shape.ts';
import { clipRect, type LaneLayout } from './layout.ts';
import type { Palette } from './palette.ts';
import type { SceneClip } from './scene.ts';
import { stretchMark } from './stretch-text.ts';
import { timeToX, type Viewport } from './viewport.ts';

const padding = 6;
const leastWidth = 26;
const signWidth = 16;
const keptLabels = 4000;
/** In front of the names of renders that stand for other clips; as text, not as a picture. */
const frozenMark = '❄\uFE0E';

export class LabelPainter {
  readonly #cut = new Map<string, string>();
  readonly #widths = new Map<string, number>();
  #scale = 0;

  /** Prepares the context once per frame. */
  begin(context: CanvasRenderingContext2D, shape: FrameShape, palette: Palette): void {
    context.font = `550 ${11 * shape.scale}px "Inter Variable", system-ui, sans-serif`;
    context.textBaseline = 'alphabetic';
    context.fillStyle = palette.text.onStripe;
    if (shape.scale !== this.#scale || this.#cut.size > keptLabels) this.#cut.clear();
    if (shape.scale !== this.#scale || this.#widths.size > keptLabels) this.#widths.clear();
    this.#scale = shape.scale;
  }

  /** The name stays in sight while any of its clip is. @param inFront clips drawn over it. */
  paint(
    context: CanvasRenderingContext2D,
    layout: LaneLayout,
    view: Viewport,
    shape: FrameShape,
    clip: SceneClip,
    inFront: readonly SceneClip[],
  ): void {
    const rect = clipRect(layout, view, clip);
    const left = Math.max(0, rect.x) + padding;
    let right = Math.min(rect.x + rect.width, view.width);
    for (const other of inFront) {
      if (timeToX(view, other.end) > left) right = Math.min(right, timeToX(view, other.start));
    }
    const y = rect.y + 12;
    if (y < 12) return;
    // What happens at the clip's end stands at its end.
    if (clip.sign !== undefined && right === rect.x + rect.width && right - left > signWidth) {
      right -= signWidth;
      context.fillText(clip.sign, right * shape.scale, shape.top + y * shape.scale);
    }
    const mark = stretchMark(clip);
    if (mark !== undefined && right - left > leastWidth) right -= this.#mark(context, shape, mark, left, right, y);
    const room = right - left - padding;
    if (room < leastWidth) return;
    const name = clip.frozen ? `${frozenMark} ${clip.name}` : clip.name;
    const label = this.#fit(context, name, room * shape.scale);
    if (label) context.fillText(label, left * shape.scale, shape.top + y * shape.scale);
  }

  /** How far the clip is stretched, at the right; the name has what is left. Returns the width it takes, 0 without room. */
  #mark(
    context: CanvasRenderingContext2D,
    shape: FrameShape,
    mark: string,
    left: number,
    right: number,
    y: number,
  ): number {
    const width = this.#width(context, mark) / shape.scale + padding;
    if (right - left < width) return 0;
    context.fillText(mark, (right - width) * shape.scale, shape.top + y * shape.scale);
    return width;
  }

  #width(context: CanvasRenderingContext2D, words: string): number {
    const known = this.#widths.get(words);
    if (known !== undefined) return known;
    const { width } = context.measureText(words);
    this.#widths.set(words, width);
    return width;
  }

  /** The longest start of the name that fits, in steps of 16 pixels so that scrolling does not measure anew. */
  #fit(context: CanvasRenderingContext2D, name: string, room: number): string {
    const step = Math.min(40, Math.floor(room / 16));
    const key = `${step} ${name}`;
    const known = this.#cut.get(key);
    if (known !== undefined) return known;
    const width = step >= 40 ? room : step * 16;
    let label = name;
    if (context.measureText(label).width > width) {
      let low = 0;
      let high = name.length;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (context.measureText(`${name.slice(0, middle)}…`).width <= width) low = middle;
        else high = middle - 1;
      }
      label = low > 0 ? `${name.slice(0, low)}…` : '';
    }
    this.#cut.set(key, label);
    return label;
  }
}
