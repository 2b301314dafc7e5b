// The one animation-frame loop that every canvas shares; it rests while nobody listens or the page is hidden.
import type { Disposer } from '../core/disposer.ts';

/** Called once per frame with the frame's time in milliseconds and the milliseconds since the frame before (0 at first). */
export type FrameListener = (time: number, elapsed: number) => void;

const listeners = new Set<FrameListener>();
let request = 0;
let previous = 0;

function frame(time: number): void {
  const elapsed = previous === 0 ? 0 : time - previous;
  previous = time;
  request = requestAnimationFrame(frame);
  for (const listener of listeners) listener(time, elapsed);
}

function update(): void {
  const wanted = listeners.size > 0 && !document.hidden;
  if (wanted && request === 0) {
    previous = 0;
    request = requestAnimationFrame(frame);
  } else if (!wanted && request !== 0) {
    cancelAnimationFrame(request);
    request = 0;
  }
}

let watching = false;

/** Runs `listener` once per frame until the disposer is called. */
export function onFrame(listener: FrameListener): Disposer {
  if (!watching) {
    watching = true;
    document.addEventListener('visibilitychange', update);
  }
  listeners.add(listener);
  update();
  return () => {
    listeners.delete(listener);
    update();
  };
}
