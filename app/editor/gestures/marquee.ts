// Drawing a frame around clips to select them.
import type { Rect } from '../layout.ts';
import { laneAt } from '../layout.ts';
import { timeToX, xToTime } from '../viewport.ts';
import type { Gesture, GestureContext, PointerSample } from './gesture.ts';

/** @param start where the pointer went down; Shift or Ctrl held there adds to the selection. */
export function marquee(entered: GestureContext, start: PointerSample): Gesture {
  const kept: ReadonlySet<string> = start.shift || start.mod ? entered.selected : new Set();
  const startTime = xToTime(entered.view, start.x);
  const startY = start.y + entered.view.top;
  let selection = kept;

  return {
    cursor: 'crosshair',

    move(context, pointer) {
      const { view, layout, scene } = context;
      const time = xToTime(view, pointer.x);
      const y = startY - view.top;
      const [from, to] = [Math.min(startTime, time), Math.max(startTime, time)];
      const first = laneAt(layout, view, Math.min(y, pointer.y));
      const last = laneAt(layout, view, Math.max(y, pointer.y));
      const found = new Set(kept);
      for (let lane = first; lane <= last; lane++) {
        scene.lanes[lane]?.clips.forEachIn(from, to, (clip) => found.add(clip.id));
      }
      selection = found;
      const left = timeToX(view, from);
      const frame: Rect = {
        x: left,
        y: Math.min(y, pointer.y),
        width: timeToX(view, to) - left,
        height: Math.abs(pointer.y - y),
      };
      return { marquee: frame, selection };
    },

    commit: () => ({ selection }),
  };
}
