// Paints at most once per frame, and only after something asked for it.
import { onCleanup } from 'solid-js';
import type { Disposer } from '../../core/disposer.ts';
import { onFrame } from '../frame-loop.ts';

/** Returns the function that asks for `paint` in the next frame. */
export function createRepaint(paint: () => void): () => void {
  let waiting: Disposer | undefined;
  const stop = (): void => {
    waiting?.();
    waiting = undefined;
  };
  onCleanup(stop);
  return () => {
    waiting ??= onFrame(() => {
      stop();
      paint();
    });
  };
}
