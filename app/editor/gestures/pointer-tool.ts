// The one pointer tool: what is under the pointer decides which gesture a press becomes.
import type { Disposer } from '../../core/disposer.ts';
import { type Hit, hitLanes, hitRuler, mouseReach, touchReach } from '../hit-test.ts';
import { rulerHeight } from '../layout.ts';
import {
  dragPixels,
  type Gesture,
  type GestureContext,
  type Outcome,
  type PointerSample,
  type Preview,
} from './gesture.ts';
import { setLoopRange } from './loop-range.ts';
import { marquee } from './marquee.ts';
import { moveClips } from './move-clips.ts';
import { pan } from './pan.ts';
import { seek } from './seek.ts';
import { setFade } from './set-fade.ts';
import { isStretchable, stretchClips } from './stretch-clips.ts';
import { trimClips } from './trim-clips.ts';

export interface ToolHost {
  context(): GestureContext;
  /** Shows what would be; undefined when nothing is under way any more. */
  show(preview: Preview | undefined): void;
  /** Ends the preview and runs the outcome of a finished gesture, in the order that looks right. */
  apply(outcome: Outcome): void;
  /** A press and release without movement. */
  click(hit: Hit, pointer: PointerSample): void;
  /** Scrolls while something is held at an edge; the disposer ends it. */
  scrollAtEdges(again: () => void): Disposer;
}

export const hitAt = (context: GestureContext, pointer: PointerSample): Hit => {
  const { scene, layout, view } = context;
  const reach = pointer.touch ? touchReach : mouseReach;
  return pointer.y < 0
    ? hitRuler(scene, view, pointer.x, pointer.y + rulerHeight, reach)
    : hitLanes(scene, layout, view, pointer.x, pointer.y, reach);
};

/** Whether dragging from there stretches a clip. */
export const stretches = ({ stretching }: GestureContext, hit: Hit, { alt }: PointerSample): boolean =>
  hit.kind === 'clip' && (hit.part === 'left' || hit.part === 'right') && stretching !== alt && isStretchable(hit.clip);

/** The gesture that dragging from `hit` is. Fingers scroll, except on what is already selected. */
export function gestureFor(context: GestureContext, hit: Hit, pointer: PointerSample): Gesture {
  switch (hit.kind) {
    case 'ruler':
      return seek(pointer);
    case 'loop':
      return setLoopRange(context, hit.part, pointer);
    case 'lane':
      return pointer.touch ? pan(context, pointer) : marquee(context, pointer);
    case 'clip': {
      if (pointer.touch && !context.selected.has(hit.clip.id)) return pan(context, pointer);
      if (hit.part === 'left' || hit.part === 'right') {
        const drag = stretches(context, hit, pointer) ? stretchClips : trimClips;
        return drag(context, hit.clip, hit.part, pointer);
      }
      if (hit.part === 'fadeIn' || hit.part === 'fadeOut') {
        return setFade(context, hit.clip, hit.part === 'fadeIn' ? 'in' : 'out');
      }
      return moveClips(context, hit.clip, pointer);
    }
  }
}

export class PointerTool {
  readonly #host: ToolHost;
  #pressed: { readonly pointer: PointerSample; readonly hit: Hit } | undefined;
  #gesture: Gesture | undefined;
  #last: PointerSample | undefined;
  #endScroll: Disposer | undefined;

  constructor(host: ToolHost) {
    this.#host = host;
  }

  /** A press that has not become a drag, or a drag. */
  get active(): boolean {
    return this.#pressed !== undefined;
  }

  get dragging(): boolean {
    return this.#gesture !== undefined;
  }

  get cursor(): string | undefined {
    return this.#gesture?.cursor;
  }

  /** @param instead a gesture that takes the place of the one the hit would begin. */
  down(pointer: PointerSample, instead?: (context: GestureContext, pointer: PointerSample) => Gesture): void {
    const context = this.#host.context();
    this.#pressed = { pointer, hit: hitAt(context, pointer) };
    this.#last = pointer;
    if (instead) this.#begin(instead(context, pointer));
    else if (this.#pressed.hit.kind === 'ruler') this.#begin(seek(pointer));
  }

  move(pointer: PointerSample): void {
    const pressed = this.#pressed;
    if (!pressed) return;
    this.#last = pointer;
    if (!this.#gesture) {
      const distance = Math.hypot(pointer.x - pressed.pointer.x, pointer.y - pressed.pointer.y);
      if (distance < dragPixels) return;
      this.#begin(gestureFor(this.#host.context(), pressed.hit, pressed.pointer));
    }
    this.#show();
  }

  up(): void {
    const pressed = this.#pressed;
    const gesture = this.#gesture;
    this.#end();
    if (gesture) this.#host.apply(gesture.commit(this.#host.context()));
    else if (pressed) this.#host.click(pressed.hit, pressed.pointer);
  }

  /** Leaves no trace. */
  cancel(): void {
    if (this.#gesture) this.#host.show(undefined);
    this.#end();
  }

  #begin(gesture: Gesture): void {
    this.#gesture = gesture;
    this.#endScroll = this.#host.scrollAtEdges(() => this.#show());
    this.#show();
  }

  #show(): void {
    if (this.#gesture && this.#last) this.#host.show(this.#gesture.move(this.#host.context(), this.#last));
  }

  #end(): void {
    this.#endScroll?.();
    this.#endScroll = undefined;
    this.#pressed = undefined;
    this.#gesture = undefined;
  }
}
