// What every knob, fader and number field does: drag, wheel, keys and typing, previewed here and committed once.
import { createSignal, onCleanup } from 'solid-js';
import { clampTo, type ValueScale } from './scales.ts';

export interface ValueGestureOptions {
  readonly scale: () => ValueScale;
  readonly value: () => number;
  readonly commit: (value: number) => void;
  /** Is told of every value on the way. */
  readonly follow?: ((value: number) => void) | undefined;
  /** Is told that a gesture is over, unless it is cancelled. */
  readonly ended?: (() => void) | undefined;
  /** Is told that a gesture is to leave no trace, and the session's value when it began. */
  readonly cancelled?: ((before: number) => void) | undefined;
  /** Pixels of a drag for the whole range, or for one step where the range is endless. Default 160 for the range. */
  readonly travel?: number;
  /** 'steps': each 4 px are one step, whatever the range. */
  readonly drag?: 'range' | 'steps';
  /** Faders lie along x. */
  readonly axis?: 'x' | 'y';
}

const wheelRest = 350;
const pixelsPerStep = 4;

export interface ValueGesture {
  /** The value to show: of the running gesture, else of the session. */
  shown(): number;
  active(): boolean;
  /** Whether the last press moved: its click is then no click. */
  dragged(): boolean;
  pointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void;
  wheel(event: WheelEvent): void;
  keyDown(event: KeyboardEvent): void;
  keyUp(): void;
  reset(): void;
  /** Commits typed text; false when it is no value of the scale. */
  type(typed: string): boolean;
}

export function createValueGesture(options: ValueGestureOptions): ValueGesture {
  const [preview, setPreview] = createSignal<number | undefined>();
  const shown = (): number => preview() ?? options.value();
  let wheelTimer = 0;
  let endDrag: (() => void) | undefined;
  /** The session's value when the gesture began. */
  let before = 0;
  let isDragged = false;
  /** Where the dragging pointer was last, growing with the value. */
  let place = 0;

  const show = (value: number): void => {
    // Steps are sums of decimals; what they add up to is rounded to a decimal again.
    const rounded = Math.round(clampTo(options.scale(), value) * 1e9) / 1e9;
    if (preview() === undefined) before = options.value();
    setPreview(rounded);
    options.follow?.(rounded);
  };
  const commit = (): void => {
    const value = preview();
    setPreview(undefined);
    if (value !== undefined && value !== options.value()) options.commit(value);
    if (value !== undefined) options.ended?.();
  };
  const cancel = (): void => {
    if (preview() === undefined) return;
    setPreview(undefined);
    options.cancelled?.(before);
  };
  const stepped = (steps: number, fine: boolean): void => {
    show(shown() + options.scale().step * steps * (fine ? 0.1 : 1));
  };

  const placeOf = (event: PointerEvent): number => (options.axis === 'x' ? event.clientX : -event.clientY);

  function moved(event: PointerEvent): void {
    const pixels = placeOf(event) - place;
    if (pixels === 0) return;
    isDragged = true;
    place = placeOf(event);
    const fine = event.shiftKey ? 0.1 : 1;
    const scale = options.scale();
    if (options.drag === 'steps') show(shown() + (pixels / pixelsPerStep) * scale.step * fine);
    else show(scale.fromFraction(scale.toFraction(shown()) + (pixels / (options.travel ?? 160)) * fine));
  }

  function pointerDown(event: PointerEvent & { currentTarget: HTMLElement }): void {
    if (event.button !== 0) return;
    const element = event.currentTarget;
    element.setPointerCapture(event.pointerId);
    place = placeOf(event);
    isDragged = false;
    const listeners = new AbortController();
    const { signal } = listeners;
    const finish = (keep: boolean): void => {
      listeners.abort();
      endDrag = undefined;
      if (keep) commit();
      else cancel();
    };
    endDrag = () => finish(false);
    element.addEventListener('pointermove', moved, { signal });
    element.addEventListener('pointerup', () => finish(true), { signal });
    element.addEventListener('pointercancel', () => finish(false), { signal });
    const cancelByKey = (key: KeyboardEvent): void => {
      if (key.key !== 'Escape') return;
      // It belongs to this gesture alone: a selection elsewhere stays.
      key.preventDefault();
      key.stopImmediatePropagation();
      finish(false);
    };
    window.addEventListener('keydown', cancelByKey, { signal, capture: true });
  }

  function wheel(event: WheelEvent): void {
    event.preventDefault();
    stepped(event.deltaY + event.deltaX < 0 ? 1 : -1, event.shiftKey);
    clearTimeout(wheelTimer);
    wheelTimer = window.setTimeout(commit, wheelRest);
  }

  function keyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { minimum, maximum } = options.scale();
    const steps: Readonly<Record<string, number>> = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };
    const pages: Readonly<Record<string, number>> = { PageUp: 10, PageDown: -10 };
    const count = steps[event.key] ?? pages[event.key];
    if (count !== undefined) stepped(count, event.shiftKey);
    else if (event.key === 'Home') show(minimum);
    else if (event.key === 'End') show(maximum);
    else if (event.key === 'Escape' && preview() !== undefined) cancel();
    else if (event.key === 'Delete' || event.key === 'Backspace') options.commit(options.scale().initial);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onCleanup(() => {
    endDrag?.();
    clearTimeout(wheelTimer);
  });

  return {
    shown,
    active: () => preview() !== undefined,
    dragged: () => isDragged,
    pointerDown,
    wheel,
    keyDown,
    keyUp: commit,
    reset: () => {
      setPreview(undefined);
      options.commit(options.scale().initial);
    },
    type: (typed) => {
      const value = options.scale().parse(typed);
      if (value === undefined || Number.isNaN(value)) return false;
      options.commit(clampTo(options.scale(), value));
      return true;
    },
  };
}
