// Dragging an edge of clips so that their sound is stretched: all by one factor, each from the edge that stays.
import { clamp, type Seconds } from '../../core/units.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import { asOneStep, gestureSteps, positionAt } from '../edits.ts';
import type { SceneClip } from '../scene.ts';
import { type SnapTargets, snapDelta } from '../snap.ts';
import { ratioText } from '../stretch-text.ts';
import { formatTime } from '../time-grid.ts';
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

/** Output duration over input duration. */
export const ratioLimits = { least: 0.1, most: 10 };

type Edge = 'left' | 'right';

/** What plays inside a clip that is no sound keeps its own time. */
export const isStretchable = (clip: SceneClip): boolean => clip.picture === undefined;

const lengthOf = ({ start, end }: SceneClip): Seconds => end - start;

/** A clip as long as its ratio allows; what is drawn out at its start reaches no further than zero. */
function stretched(clip: SceneClip, edge: Edge, factor: number, ripple: boolean): SceneClip {
  const { least, most } = ratioLimits;
  const allowed = clamp(factor, least / clip.ratio, most / clip.ratio);
  const room = edge === 'left' ? clip.end : Number.POSITIVE_INFINITY;
  const length = Math.min(lengthOf(clip) * allowed, room);
  const place = edge === 'right' || ripple ? { end: clip.start + length } : { start: clip.end - length };
  const whole = clip.fadesBeyond.before + length + clip.fadesBeyond.after;
  const fades = { fadeIn: Math.min(clip.fadeIn, whole), fadeOut: Math.min(clip.fadeOut, whole) };
  return { ...clip, ...place, ...fades, ratio: (clip.ratio * length) / lengthOf(clip) };
}

/** Besides what all gestures snap to: the clip's own speed, and the tempo of the timeline where the clip begins. */
function withOwn(context: GestureContext, clip: SceneClip, edge: Edge, targets: SnapTargets): SnapTargets {
  const { tempo } = context.scene;
  const bpm = context.tempoOf(clip);
  const ratios = [1, ...(bpm === undefined ? [] : [bpm / tempo.bpmAt(tempo.secondsToBeats(clip.start))])];
  const times = ratios.map((ratio) => {
    const length = (lengthOf(clip) / clip.ratio) * ratio;
    return edge === 'right' ? clip.start + length : clip.end - length;
  });
  return { ...targets, others: [...targets.others, ...times] };
}

/** @param start where the pointer went down; Alt held there does not switch snapping off. */
export function stretchClips(entered: GestureContext, grabbed: SceneClip, edge: Edge, start: PointerSample): Gesture {
  const clips = clipsMeant(entered, grabbed).filter(isStretchable);
  const grabTime = xToTime(entered.view, start.x);
  const edgeTime = edge === 'left' ? grabbed.start : grabbed.end;
  let factor = 1;

  return {
    cursor: 'col-resize',

    move(context, pointer) {
      const wanted = xToTime(context.view, pointer.x) - grabTime;
      const isOff = pointer.alt && !start.alt;
      const usual = snapTargets(context, isOff, clips);
      const targets = isOff || !context.snapping ? usual : withOwn(context, grabbed, edge, usual);
      const snapped = snapDelta([edgeTime], wanted, targets, snapPixels * context.view.secondsPerPixel);
      const length = lengthOf(grabbed) + (edge === 'left' ? -snapped.delta : snapped.delta);
      factor = Math.max(0, length) / lengthOf(grabbed);
      const shown = stretched(grabbed, edge, factor, context.ripple);
      factor = lengthOf(shown) / lengthOf(grabbed);
      const bpm = context.tempoOf(grabbed);
      const words = [
        ratioText(shown.ratio),
        formatTime(lengthOf(shown)),
        ...(bpm === undefined ? [] : [`${(bpm / shown.ratio).toFixed(1)} bpm`]),
      ];
      return {
        ghosts: clips.map((clip) => stretched(clip, edge, factor, context.ripple)),
        line: Math.abs(lengthOf(shown) - length) < 1e-9 ? snapped.line : undefined,
        words: words.join('  '),
      };
    },

    commit({ scene, ripple }) {
      if (factor === 1) return {};
      const edits = clips.map((clip): EditCommand => {
        const { start: left, end: right } = stretched(clip, edge, factor, false);
        const position = positionAt(scene, edge === 'left' ? left : right);
        return {
          cmd: 'STRETCH_CLIP',
          clip_id: clip.id,
          edge: edge === 'left' ? 'start' : 'end',
          position,
          ...(ripple ? { ripple } : {}),
        };
      });
      return outcomeOf(asOneStep(edits, gestureSteps.stretch), clips);
    },
  };
}
