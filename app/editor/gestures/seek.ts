// Dragging along the ruler: the playhead follows, heard on its way, and jumps there at the end.
import type { Seconds } from '../../core/units.ts';
import { positionAt } from '../edits.ts';
import { snapTime } from '../snap.ts';
import { describePosition } from '../time-grid.ts';
import { xToTime } from '../viewport.ts';
import { dragPixels, type Gesture, type PointerSample, snapPixels, snapTargets } from './gesture.ts';

/** @param start where the pointer went down: a press alone is no dragging. */
export function seek(start: PointerSample): Gesture {
  let time: Seconds = 0;
  let isDragged = false;
  return {
    cursor: 'col-resize',

    move(context, pointer) {
      const wanted = Math.max(0, xToTime(context.view, pointer.x));
      const targets = snapTargets(context, pointer.alt);
      const others = targets.others.filter((other) => other !== context.playhead);
      const snapped = snapTime(wanted, { ...targets, others }, snapPixels * context.view.secondsPerPixel);
      time = snapped.time;
      isDragged ||= Math.hypot(pointer.x - start.x, pointer.y - start.y) >= dragPixels;
      // What is heard follows the hand itself, without the jumps of snapping.
      const scrub = isDragged ? { scrub: wanted } : {};
      return { playhead: time, words: describePosition(context.scene.tempo, time), ...scrub };
    },

    commit: ({ scene }) => ({
      command: { cmd: 'TIMELINE_SEEK', timeline_id: scene.timelineId, to: positionAt(scene, time) },
    }),
  };
}
