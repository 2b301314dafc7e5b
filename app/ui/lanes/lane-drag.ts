// Dragging something of a lane: begins after some pixels, scrolls at the edges, ends in one command; Escape undoes it.
import { onCleanup } from 'solid-js';
import type { Disposer } from '../../core/disposer.ts';
import { edgeScroll } from '../../editor/gestures/navigate.ts';
import { panBy } from '../../editor/viewport.ts';
import { onFrame } from '../frame-loop.ts';
import type { TimelineModel } from '../timeline/model.ts';

/** CSS pixels of the lane's window, and what is held down. */
export interface LanePoint {
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly alt: boolean;
}

/** Shows what would be; nothing is changed before `commit`. */
export interface LaneDrag {
  move(point: LanePoint): void;
  /** Runs the command; what is shown stays until it is answered. */
  commit(): Promise<void>;
  /** Shows what is. */
  end(): void;
}

const dragPixels = 4;

export function pointIn(element: Element, event: MouseEvent): LanePoint {
  const box = element.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top, shift: event.shiftKey, alt: event.altKey };
}

/** Returns what a press on something calls; `begin` is told where it was pressed and whether it moves sideways first. */
export function createLaneDrag(model: TimelineModel) {
  let endPress: Disposer | undefined;
  onCleanup(() => endPress?.());

  return (area: Element, event: PointerEvent, begin: (from: LanePoint, sideways: boolean) => LaneDrag): void => {
    if (event.button !== 0 || endPress) return;
    const from = pointIn(area, event);
    const controller = new AbortController();
    let drag: LaneDrag | undefined;
    let last = from;
    let endScroll: Disposer | undefined;

    const finish = (): void => {
      controller.abort();
      endScroll?.();
      endPress = undefined;
    };
    const cancel = (): void => {
      finish();
      drag?.end();
    };
    const scroll = (): void => {
      const { x } = edgeScroll(model.view(), { x: last.x, y: model.view().height / 2 });
      if (x === 0) return;
      model.setView(panBy(model.view(), x, 0));
      drag?.move(last);
    };
    const move = (moved: PointerEvent): void => {
      if (moved.pointerId !== event.pointerId) return;
      last = pointIn(area, moved);
      const [right, down] = [Math.abs(last.x - from.x), Math.abs(last.y - from.y)];
      if (!drag && Math.hypot(right, down) >= dragPixels) {
        drag = begin(from, right >= down);
        area.setPointerCapture(event.pointerId);
        endScroll = onFrame(scroll);
      }
      drag?.move(last);
    };
    const up = (moved: PointerEvent): void => {
      if (moved.pointerId !== event.pointerId) return;
      finish();
      const dragged = drag;
      void dragged?.commit().finally(() => dragged.end());
    };
    const pressKey = (pressed: KeyboardEvent): void => {
      if (pressed.key !== 'Escape' || !drag) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      cancel();
    };

    endPress = cancel;
    const { signal } = controller;
    window.addEventListener('pointermove', move, { signal });
    window.addEventListener('pointerup', up, { signal });
    window.addEventListener('pointercancel', cancel, { signal });
    window.addEventListener('keydown', pressKey, { signal, capture: true });
  };
}
