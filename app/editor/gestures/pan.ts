// Scrolling with one finger, or with the middle button.

import { panBy } from '../viewport.ts';
import type { Gesture, GestureContext, PointerSample } from './gesture.ts';

export function pan(entered: GestureContext, start: PointerSample): Gesture {
  return {
    cursor: 'grabbing',
    move: (_context, pointer) => ({ view: panBy(entered.view, start.x - pointer.x, start.y - pointer.y) }),
    commit: () => ({}),
  };
}
