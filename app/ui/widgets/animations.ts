// Widgets on their way to a value: seen on the page alone, because the session has had the value since the way began.
import { createSignal } from 'solid-js';
import type { Disposer } from '../../core/disposer.ts';
import type { WidgetAtome } from '../../protocol/kinds.ts';
import { onFrame } from '../frame-loop.ts';

type Value = readonly number[];

interface Way {
  readonly from: Value;
  readonly to: Value;
  /** Milliseconds. */
  readonly duration: number;
  elapsed: number;
}

const ways = new Map<string, Way>();
const [shown, setShown] = createSignal<ReadonlyMap<string, Value>>(new Map());
let stop: Disposer | undefined;

/** A widget's value as it is to be seen now; reactive. */
export const shownValue = (widget: Pick<WidgetAtome, 'id' | 'value'>): Value => shown().get(widget.id) ?? widget.value;

/** Moves a widget evenly. @param seconds how long it takes */
export function animate(id: string, from: Value, to: Value, seconds: number): void {
  ways.set(id, { from, to, duration: seconds * 1000, elapsed: 0 });
  stop ??= onFrame((_time, elapsed) => step(elapsed));
  step(0);
}

/** The widget is where the session says from now on. */
export function endAnimation(id: string): void {
  if (ways.delete(id)) step(0);
}

function step(elapsed: number): void {
  const now = new Map<string, Value>();
  for (const [id, way] of ways) {
    way.elapsed += elapsed;
    const fraction = way.elapsed / way.duration;
    if (fraction >= 1) ways.delete(id);
    else
      now.set(
        id,
        way.from.map((start, index) => start + ((way.to[index] ?? start) - start) * fraction),
      );
  }
  setShown(now);
  if (ways.size > 0) return;
  stop?.();
  stop = undefined;
}
