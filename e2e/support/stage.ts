// The timeline on the screen: where its things stand, by the editor's own arithmetic, and what is painted there.
import { expect, type Page } from '@playwright/test';
import { tempoMapOf } from '../../app/core/tempo.ts';
import { fadeHandles } from '../../app/editor/hit-test.ts';
import {
  clipRect,
  contentHeight,
  fittingLaneHeight,
  type LaneLayout,
  laneTop,
  nameStripeHeight,
  type Rect,
  rulerHeight,
} from '../../app/editor/layout.ts';
import { buildScene, type Scene, type SceneClip } from '../../app/editor/scene.ts';
import { clampViewport, fitRange, timeToX, type Viewport } from '../../app/editor/viewport.ts';
import type { Studio } from './studio.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Valid until the view is moved, or clips come, go or grow. */
export class Stage {
  readonly scene: Scene;
  readonly view: Viewport;
  readonly #page: Page;
  readonly #corner: Point;
  readonly #layout: LaneLayout;

  private constructor(page: Page, corner: Point, scene: Scene, layout: LaneLayout, view: Viewport) {
    this.#page = page;
    this.#corner = corner;
    this.scene = scene;
    this.#layout = layout;
    this.view = view;
  }

  /** Shows the whole project, as the F key does. */
  static async fit(studio: Studio): Promise<Stage> {
    const { page } = studio;
    const { objects, activeTimelineId } = await studio.shownState();
    await page.keyboard.press('KeyF');
    const box = await page.locator('.timeline-area').boundingBox();
    const timeline = objects[activeTimelineId ?? ''];
    if (!box || timeline?.kind !== 'TimelineAtome') throw new Error('there is no timeline to be seen');
    const scene = buildScene(objects, timeline.id, tempoMapOf(timeline));
    const height = box.height - rulerHeight;
    const lanes = scene.lanes.length;
    const layout = { laneHeight: fittingLaneHeight(lanes, height), lanes };
    const view = fitRange({ left: 0, secondsPerPixel: 1, top: 0, width: box.width, height }, 0, scene.end);
    const end = scene.end + view.width * view.secondsPerPixel;
    return new Stage(page, box, scene, layout, clampViewport(view, end, contentHeight(layout)));
  }

  clip(id: string): SceneClip {
    const clip = this.scene.clips.get(id);
    if (!clip) throw new Error(`no clip ${id}`);
    return clip;
  }

  /** Page coordinates of a clip. */
  rect(id: string): Rect {
    const rect = clipRect(this.#layout, this.view, this.clip(id));
    return { ...rect, x: rect.x + this.#corner.x, y: rect.y + this.#corner.y + rulerHeight };
  }

  /** A place on the clip to grasp it by. */
  body(id: string): Point {
    const { x, y, width, height } = this.rect(id);
    return { x: x + width / 2, y: y + height * 0.7 };
  }

  edge(id: string, side: 'left' | 'right'): Point {
    const { x, y, width, height } = this.rect(id);
    return { x: side === 'left' ? x + 2 : x + width - 2, y: y + height * 0.7 };
  }

  fadeHandle(id: string, side: 'in' | 'out'): Point {
    const { inX, outX, y } = fadeHandles(this.#layout, this.view, this.clip(id));
    return { x: this.#corner.x + (side === 'in' ? inX : outX), y: this.#corner.y + rulerHeight + y };
  }

  x(seconds: number): number {
    return this.#corner.x + timeToX(this.view, seconds);
  }

  /** The middle of a lane; of the room below the last one, if `lane` is one more. */
  laneY(lane: number): number {
    const height = lane < this.#layout.lanes ? this.#layout.laneHeight : 60;
    return this.#corner.y + rulerHeight + laneTop(this.#layout, this.view, lane) + height / 2;
  }

  /** The ruler, where pressing moves the playhead. */
  ruler(seconds: number): Point {
    return { x: this.x(seconds), y: this.#corner.y + rulerHeight - 12 };
  }

  /** Above the ruler, where the loop is drawn. */
  loopBar(seconds: number): Point {
    return { x: this.x(seconds), y: this.#corner.y + 6 };
  }

  async click(at: Point): Promise<void> {
    await this.#page.mouse.click(at.x, at.y);
  }

  /** Presses, moves and lets go. @param held keys that are down meanwhile */
  async drag(from: Point, to: Point, held: readonly string[] = []): Promise<void> {
    const { mouse, keyboard } = this.#page;
    await mouse.move(from.x, from.y);
    for (const key of held) await keyboard.down(key);
    await mouse.down();
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2);
    await mouse.move(to.x, to.y);
    await mouse.up();
    for (const key of held) await keyboard.up(key);
  }

  /** How many pixels of each column of a clip's waveform are painted over its body. */
  async waveform(id: string): Promise<number[]> {
    const { x, y, width, height } = this.rect(id);
    const inset = nameStripeHeight + 4;
    return this.#columns({ x: x + 2, y: y + inset, width: width - 4, height: height - inset - 4 });
  }

  /** The same for any part of the screen. */
  async #columns(area: Rect): Promise<number[]> {
    return this.#page.evaluate(({ x, y, width, height }) => {
      const canvas = document.querySelector<HTMLCanvasElement>('.timeline-canvas');
      const context = canvas?.getContext('2d');
      if (!canvas || !context) throw new Error('there is no canvas');
      const box = canvas.getBoundingClientRect();
      const scale = canvas.width / box.width;
      const left = Math.max(0, Math.round((x - box.left) * scale));
      const right = Math.min(canvas.width, Math.round((x + width - box.left) * scale));
      const rows = Math.round(height * scale);
      const image = context.getImageData(left, Math.round((y - box.top) * scale), right - left, rows);
      const pixels = new Uint32Array(image.data.buffer);
      const counts = new Map<number, number>();
      for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      const [body] = [...counts].reduce((most, entry) => (entry[1] > most[1] ? entry : most));
      return Array.from({ length: right - left }, (_, column) => {
        let painted = 0;
        for (let row = 0; row < rows; row++) if (pixels[row * (right - left) + column] !== body) painted++;
        return painted / scale;
      });
    }, area);
  }
}

/** Resolves when a clip's waveform is painted: of a steady tone, in nearly every column. */
export async function expectWaveform(stage: Stage, id: string): Promise<void> {
  await expect
    .poll(async () => {
      const columns = await stage.waveform(id);
      return columns.filter((painted) => painted > 0).length / columns.length;
    })
    .toBeGreaterThan(0.9);
}
