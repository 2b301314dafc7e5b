// Dragging the left or right edge of clips; the sound stays where it is.
import { trimmedBeyond } from '../../core/fades.ts';
import { clamp, type Seconds } from '../../core/units.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import { asOneStep, gestureSteps, lengthened } from '../edits.ts';
import type { SceneClip } from '../scene.ts';
import { snapDelta } from '../snap.ts';
import { describePosition } from '../time-grid.ts';
import { xToTime } from '../viewport.ts';
import {
  clipsMeant,
  type Gesture,
  type GestureContext,
  outcomeOf,
  type PointerSample,
  snapPixels,
  snapTargets,
} from './gesture.ts';

/** Shorter clips could not be grasped any more. */
export const shortestClip: Seconds = 0.001;

/** How far one clip's edge may move. */
function limits(clip: SceneClip, edge: 'left' | 'right'): { readonly low: Seconds; readonly high: Seconds } {
  const spare = clip.end - clip.start - shortestClip;
  // What plays inside begins where the clip does.
  if (clip.picture && edge === 'left') return { low: 0, high: 0 };
  return edge === 'left'
    ? { low: -Math.min(clip.sourceStart * clip.ratio, clip.start), high: Math.max(0, spare) }
    : { low: -Math.max(0, spare), high: Math.max(0, (clip.fileDuration - clip.sourceEnd) * clip.ratio) };
}

/** @param ripple the clip stays where it begins, and its end moves. */
function trimmed(clip: SceneClip, edge: 'left' | 'right', by: Seconds, ripple: boolean): SceneClip {
  const fadesBeyond = trimmedBeyond(clip.fadesBeyond, edge === 'left' ? by : 0, edge === 'right' ? by : 0);
  const cut = { ...clip, fadesBeyond };
  if (edge === 'right') return { ...cut, end: clip.end + by, sourceEnd: clip.sourceEnd + by / clip.ratio };
  const sourceStart = clip.sourceStart + by / clip.ratio;
  return ripple ? { ...cut, end: clip.end - by, sourceStart } : { ...cut, start: clip.start + by, sourceStart };
}

export function trimClips(
  entered: GestureContext,
  grabbed: SceneClip,
  edge: 'left' | 'right',
  start: PointerSample,
): Gesture {
  const clips = clipsMeant(entered, grabbed);
  const grabTime = xToTime(entered.view, start.x);
  const edgeTime = edge === 'left' ? grabbed.start : grabbed.end;
  let delta: Seconds = 0;
  const own = (clip: SceneClip): Seconds => {
    const { low, high } = limits(clip, edge);
    return clamp(delta, low, high);
  };

  return {
    cursor: 'ew-resize',

    move(context, pointer) {
      const wanted = xToTime(context.view, pointer.x) - grabTime;
      const targets = snapTargets(context, pointer.alt, clips, []);
      const snapped = snapDelta([edgeTime], wanted, targets, snapPixels * context.view.secondsPerPixel);
      const { low, high } = limits(grabbed, edge);
      delta = clamp(snapped.delta, low, high);
      return {
        ghosts: clips.map((clip) => trimmed(clip, edge, own(clip), context.ripple)),
        line: delta === snapped.delta ? snapped.line : undefined,
        words: describePosition(context.scene.tempo, edgeTime + delta),
      };
    },

    commit({ scene, ripple }) {
      const edits = clips.flatMap((clip): EditCommand[] => {
        const moved = own(clip);
        if (moved === 0) return [];
        if (clip.picture) return [lengthened(scene, clip, clip.end + moved)];
        const by = moved / clip.ratio;
        const offsets = edge === 'left' ? { start_offset: clip.sourceStart + by } : { end_offset: clip.sourceEnd + by };
        return [{ cmd: 'TRIM_CLIP', clip_id: clip.id, ...offsets, ...(ripple ? { ripple } : {}) }];
      });
      return outcomeOf(asOneStep(edits, gestureSteps.trim), clips);
    },
  };
}
