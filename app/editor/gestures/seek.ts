// Dragging along the ruler: the playhead follows, and jumps there at the end.
import type { Seconds } from '../../core/units.ts';
import { positionAt } from '../edits.ts';
import { snapTime } from '../snap.ts';
import { describePosition } from '../time-grid.ts';
import { xToTime } from '../viewport.ts';
import { type Gesture, snapPixels, snapTargets } from './gesture.ts';

export function seek(): Gesture {
  let time: Seconds = 0;
  return {
    cursor: 'col-resize',

    move(context, pointer) {
      const wanted = Math.max(0, xToTime(context.view, pointer.x));
      const targets = snapTargets(context, pointer.alt);
      const others = targets.others.filter((other) => other !== context.playhead);
      const snapped = snapTime(wanted, { ...targets, others }, snapPixels * context.view.secondsPerPixel);
      time = snapped.time;
      return { playhead: time, words: describePosition(context.scene.tempo, time) };
    },

    commit: ({ scene }) => ({
      command: { cmd: 'TIMELINE_SEEK', timeline_id: scene.timelineId, to: positionAt(scene, time) },
    }),
  };
}
