// Dragging clips along the time and across lanes, or copies of them.
import { createId } from '../../core/id.ts';
import type { Seconds } from '../../core/units.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import { asOneStep, copyOf, gestureSteps, newLane, positionAt } from '../edits.ts';
import { laneAt } from '../layout.ts';
import { type ClipMove, moveCommands } from '../ripple.ts';
import type { SceneClip } from '../scene.ts';
import { nearestTime, snapDelta } from '../snap.ts';
import { describePosition } from '../time-grid.ts';
import { xToTime } from '../viewport.ts';
import {
  catchesTransients,
  clipsMeant,
  type Gesture,
  type GestureContext,
  type PointerSample,
  snapPixels,
  snapTargets,
} from './gesture.ts';

/** How near to the pointer, in pixels, a clip is held at one of its transients. */
const transientReach = 12;

/** The transient that a clip is held at, if there is one under the pointer. */
function heldTransient(context: GestureContext, clip: SceneClip, time: Seconds): Seconds | undefined {
  if (!catchesTransients(context)) return undefined;
  const reach = transientReach * context.view.secondsPerPixel;
  return nearestTime(context.transientsIn(clip, time - reach, time + reach), time);
}

/** @param start where the pointer went down; Ctrl or Alt held there copies. */
export function moveClips(entered: GestureContext, grabbed: SceneClip, start: PointerSample): Gesture {
  const clips = clipsMeant(entered, grabbed);
  const copies = start.mod || start.alt;
  const grabTime = xToTime(entered.view, start.x);
  const grabLane = laneAt(entered.layout, entered.view, start.y);
  const earliest = Math.min(...clips.map((clip) => clip.start));
  const highest = Math.min(...clips.map((clip) => clip.lane));
  const lowest = Math.max(...clips.map((clip) => clip.lane));
  const held = heldTransient(entered, grabbed, grabTime);
  const points = [grabbed.start, grabbed.end, ...(held === undefined ? [] : [held])];
  let delta: Seconds = 0;
  let lanes = 0;

  return {
    cursor: copies ? 'copy' : 'grabbing',

    move(context, pointer) {
      const wanted = xToTime(context.view, pointer.x) - grabTime;
      const targets = snapTargets(context, pointer.alt && !start.alt, copies ? [] : clips);
      const tolerance = snapPixels * context.view.secondsPerPixel;
      const snapped = snapDelta(points, wanted, targets, tolerance);
      delta = Math.max(-earliest, snapped.delta);
      const wantedLanes = laneAt(context.layout, context.view, pointer.y) - grabLane;
      lanes = Math.max(-highest, Math.min(context.scene.lanes.length - lowest, wantedLanes));
      return {
        ghosts: clips.map((clip) => ({
          ...clip,
          start: clip.start + delta,
          end: clip.end + delta,
          lane: clip.lane + lanes,
        })),
        copies,
        line: delta === snapped.delta ? snapped.line : undefined,
        words: describePosition(context.scene.tempo, grabbed.start + delta),
      };
    },

    commit({ scene, ripple }) {
      if (delta === 0 && lanes === 0) return {};
      const added = lowest + lanes >= scene.lanes.length ? newLane(scene, grabbed.name) : undefined;
      const groupFor = (clip: SceneClip): string | null => {
        const lane = scene.lanes[clip.lane + lanes];
        return lane ? (lane.group?.id ?? null) : (added?.id ?? null);
      };
      const moves = clips.map((clip) => ({
        clip,
        play_position: positionAt(scene, clip.start + delta),
        ...(lanes === 0 ? {} : { group_id: groupFor(clip) }),
      }));
      const made: string[] = [];
      const copied = ({ clip, ...place }: ClipMove): EditCommand => {
        const id = createId();
        made.push(id);
        return copyOf(clip.source, { id, ...place });
      };
      const edits = copies ? moves.map(copied) : moveCommands(scene, moves, ripple);
      const command = asOneStep(added ? [added, ...edits] : edits, copies ? gestureSteps.copy : gestureSteps.move);
      return { command, selection: new Set(copies ? made : clips.map((clip) => clip.id)) };
    },
  };
}
