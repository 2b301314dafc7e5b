// From DOM events to gestures: pointers, wheel, pinch, long press and Escape.
import { createSignal, onCleanup } from 'solid-js';
import type { GestureContext, PointerSample } from '../../editor/gestures/gesture.ts';
import { edgeScroll, type Point, pinch, wheel } from '../../editor/gestures/navigate.ts';
import { pan } from '../../editor/gestures/pan.ts';
import { hitAt, PointerTool, stretches } from '../../editor/gestures/pointer-tool.ts';
import type { Hit } from '../../editor/hit-test.ts';
import { contentHeight, rulerHeight } from '../../editor/layout.ts';
import { panBy, type Viewport } from '../../editor/viewport.ts';
import { onFrame } from '../frame-loop.ts';
import { select, stretching } from '../selection.ts';
import { type MessageKey, text } from '../text.ts';
import { clickTimeline, doubleClickTimeline } from './clicks.ts';
import type { TimelineModel } from './model.ts';
import { createScrubbing } from './scrubbing.ts';

const longPressMilliseconds = 500;
/** Of lanes that Alt and the wheel make taller. */
const wheelPixelsPerDoubling = 400;

export interface PointerInput {
  /** Listens to an element for as long as the owner at hand lives. */
  attach(host: HTMLElement): void;
  /** The clip under an idle mouse. */
  hovered(): string | undefined;
  /** CSS pixels of the canvas. */
  pointer(): Point;
  cursor(): string;
  /** What dragging does under an idle mouse. */
  hint(): string | undefined;
}

/** An event on the timeline's area, from the corner below the ruler. */
export function sampleOf(event: MouseEvent): PointerSample {
  const host = event.currentTarget;
  const box = host instanceof HTMLElement ? host.getBoundingClientRect() : { left: 0, top: 0 };
  return {
    x: event.clientX - box.left,
    y: event.clientY - box.top - rulerHeight,
    shift: event.shiftKey,
    alt: event.altKey,
    mod: event.ctrlKey || event.metaKey,
    touch: event instanceof PointerEvent && event.pointerType === 'touch',
  };
}

const cursors: Readonly<Record<string, string>> = {
  left: 'ew-resize',
  right: 'ew-resize',
  fadeIn: 'ew-resize',
  fadeOut: 'ew-resize',
  ruler: 'col-resize',
};

const cursorFor = (hit: Hit): string => ('part' in hit ? cursors[hit.part] : cursors[hit.kind]) ?? 'default';

/** What dragging from there does. */
function hintFor(hit: Hit): MessageKey | undefined {
  if (hit.kind === 'ruler') return 'view.rulerHint';
  if (hit.kind === 'loop') return 'view.loopHint';
  if (hit.kind === 'lane' || (hit.part !== 'left' && hit.part !== 'right') || hit.clip.picture) return undefined;
  return stretching() ? 'view.stretchHint' : 'view.trimHint';
}

/** @param openMenu at a point of the page, for the clip under it if there is one. */
export function createPointerInput(model: TimelineModel, openMenu: (hit: Hit, at: Point) => void): PointerInput {
  const [hovered, setHovered] = createSignal<string>();
  const [pointer, setPointer] = createSignal<Point>({ x: 0, y: 0 });
  const [cursor, setCursor] = createSignal('default');
  const [hint, setHint] = createSignal<MessageKey>();
  const touches = new Map<number, Point>();
  let pinching: { readonly ids: readonly [number, number]; from: readonly [Point, Point]; view: Viewport } | undefined;
  let longPress: ReturnType<typeof setTimeout> | undefined;

  const scrubbing = createScrubbing(model);
  const tool = new PointerTool({
    context: (): GestureContext => model.context(),
    show(preview) {
      model.setPreview(preview);
      if (preview?.view) model.setView(preview.view);
      if (preview?.scrub !== undefined) scrubbing.lead(preview.scrub);
      if (!preview) scrubbing.cancel();
    },
    apply({ command, selection }) {
      if (!command) {
        if (selection) select(selection);
        model.setPreview(undefined);
        return;
      }
      // What was dragged stays where it was dropped until the session has answered.
      const shown = model.preview();
      void scrubbing
        .release(command)
        .then(model.client.run)
        .then((reply) => {
          if (reply.ok && selection) select(selection);
          if (model.preview() === shown) model.setPreview(undefined);
        });
    },
    click: (hit, sample) => clickTimeline(model, hit, sample),
    scrollAtEdges(again) {
      return onFrame(() => {
        const { x, y } = edgeScroll(model.view(), { x: pointer().x, y: pointer().y - rulerHeight });
        if ((x === 0 && y === 0) || model.preview()?.view) return;
        model.setView(panBy(model.view(), x, y));
        again();
      });
    },
  });

  const endLongPress = (): void => {
    clearTimeout(longPress);
    longPress = undefined;
  };

  const beginPinch = (): void => {
    const [first, second] = [...touches];
    if (!first || !second) return;
    tool.cancel();
    endLongPress();
    pinching = { ids: [first[0], second[0]], from: [first[1], second[1]], view: model.view() };
  };

  const down = (event: PointerEvent): void => {
    if (event.button === 2) return;
    const sample = sampleOf(event);
    if (event.currentTarget instanceof HTMLElement) event.currentTarget.setPointerCapture(event.pointerId);
    setPointer({ x: sample.x, y: sample.y + rulerHeight });
    if (sample.touch) {
      touches.set(event.pointerId, sample);
      if (touches.size === 2) beginPinch();
      if (touches.size >= 2) return;
      const hit = hitAt(model.context(), sample);
      longPress = setTimeout(() => {
        if (tool.dragging) return;
        tool.cancel();
        openMenu(hit, { x: event.clientX, y: event.clientY });
      }, longPressMilliseconds);
    }
    if (event.button === 1) event.preventDefault();
    tool.down(sample, event.button === 1 ? pan : undefined);
    if (tool.cursor) setCursor(tool.cursor);
  };

  const move = (event: PointerEvent): void => {
    const sample = sampleOf(event);
    if (touches.has(event.pointerId)) touches.set(event.pointerId, sample);
    if (pinching) {
      const [first, second] = pinching.ids.map((id) => touches.get(id));
      if (first && second) model.setView(pinch(pinching.view, pinching.from, [first, second]));
      return;
    }
    setPointer({ x: sample.x, y: sample.y + rulerHeight });
    if (tool.active) {
      tool.move(sample);
      if (tool.dragging) endLongPress();
      setCursor(tool.cursor ?? 'default');
    } else if (!sample.touch) {
      const hit = hitAt(model.context(), sample);
      setHovered(hit.kind === 'clip' ? hit.clip.id : undefined);
      setCursor(stretches(model.context(), hit, sample) ? 'col-resize' : cursorFor(hit));
      setHint(hintFor(hit));
    }
  };

  const up = (event: PointerEvent): void => {
    endLongPress();
    touches.delete(event.pointerId);
    if (pinching) {
      if (touches.size === 0) pinching = undefined;
      return;
    }
    if (tool.active) tool.up();
  };

  const cancel = (event: PointerEvent): void => {
    endLongPress();
    touches.delete(event.pointerId);
    if (touches.size === 0) pinching = undefined;
    tool.cancel();
  };

  const turnWheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (event.altKey) {
      model.setLaneHeight(model.layout().laneHeight * 2 ** (-event.deltaY / wheelPixelsPerDoubling));
      return;
    }
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const { x, shift, mod } = sampleOf(event);
    const sample = { x, shift, mod, deltaX: event.deltaX * unit, deltaY: event.deltaY * unit };
    model.setView(wheel(model.view(), sample, contentHeight(model.layout())));
  };

  const menu = (event: MouseEvent): void => {
    event.preventDefault();
    if (!tool.dragging) openMenu(hitAt(model.context(), sampleOf(event)), { x: event.clientX, y: event.clientY });
  };

  const cancelByKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !tool.active) return;
    event.preventDefault();
    event.stopPropagation();
    tool.cancel();
    setCursor('default');
  };

  const attach = (host: HTMLElement): void => {
    const controller = new AbortController();
    const { signal } = controller;
    host.addEventListener('pointerdown', down, { signal });
    host.addEventListener('pointermove', move, { signal });
    host.addEventListener('pointerup', up, { signal });
    host.addEventListener('pointercancel', cancel, { signal });
    host.addEventListener('pointerleave', () => setHovered(undefined), { signal });
    host.addEventListener('dblclick', (event) => doubleClickTimeline(model, hitAt(model.context(), sampleOf(event))), {
      signal,
    });
    host.addEventListener('contextmenu', menu, { signal });
    host.addEventListener('wheel', turnWheel, { signal, passive: false });
    window.addEventListener('keydown', cancelByKey, { signal, capture: true });
    onCleanup(() => {
      controller.abort();
      endLongPress();
      tool.cancel();
    });
  };
  const hintText = (): string | undefined => {
    const key = hint();
    return key && text(key);
  };
  return { attach, hovered, pointer, cursor, hint: hintText };
}
