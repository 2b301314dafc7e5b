// Dragging in the upper part of the ruler: a new loop range, one of its ends, or the whole of it.
import { shortestLoop } from '../../core/shortest-loop.ts';
import type { Seconds } from '../../core/units.ts';
import { positionAt } from '../edits.ts';
import { snapDelta, snapTime } from '../snap.ts';
import { formatTime } from '../time-grid.ts';
import { xToTime } from '../viewport.ts';
import { type Gesture, type GestureContext, type PointerSample, snapPixels, snapTargets } from './gesture.ts';

export type LoopPart = 'body' | 'left' | 'right' | 'empty';

export function setLoopRange(entered: GestureContext, part: LoopPart, start: PointerSample): Gesture {
  const before = entered.scene.loop;
  const grabTime = xToTime(entered.view, start.x);
  let range: { start: Seconds; end: Seconds } | undefined;

  const moved = (context: GestureContext, pointer: PointerSample) => {
    const targets = snapTargets(context, pointer.alt);
    const tolerance = snapPixels * context.view.secondsPerPixel;
    const time = xToTime(context.view, pointer.x);
    if (before && part === 'body') {
      const snapped = snapDelta([before.start, before.end], time - grabTime, targets, tolerance);
      const delta = Math.max(-before.start, snapped.delta);
      return { start: before.start + delta, end: before.end + delta, line: snapped.line };
    }
    const anchor = before && part === 'left' ? before.end : before && part === 'right' ? before.start : undefined;
    const from = anchor ?? snapTime(Math.max(0, grabTime), targets, tolerance).time;
    const to = snapTime(Math.max(0, time), targets, tolerance);
    return { start: Math.min(from, to.time), end: Math.max(from, to.time), line: to.line };
  };

  return {
    cursor: part === 'body' ? 'grabbing' : 'col-resize',

    move(context, pointer) {
      const { line, ...next } = moved(context, pointer);
      range = next;
      return { loop: next, line, words: `${formatTime(next.start)} – ${formatTime(next.end)}` };
    },

    commit({ scene }) {
      if (!range || range.end - range.start < shortestLoop) return {};
      const loop = { start: positionAt(scene, range.start), end: positionAt(scene, range.end) };
      return { command: { cmd: 'TIMELINE_SET_LOOP', timeline_id: scene.timelineId, loop, enabled: true } };
    },
  };
}
