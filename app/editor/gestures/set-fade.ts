// Dragging a fade handle: how long clips fade in or out.
import { clamp, type Seconds } from '../../core/units.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import { asOneStep, gestureSteps } from '../edits.ts';
import { shownFades } from '../fade.ts';
import type { SceneClip } from '../scene.ts';
import { xToTime } from '../viewport.ts';
import { clipsMeant, type Gesture, type GestureContext, outcomeOf } from './gesture.ts';

/** Nearer to the edge than so many pixels, there is no fade. */
const nonePixels = 3;

export function setFade(entered: GestureContext, grabbed: SceneClip, side: 'in' | 'out'): Gesture {
  const clips = clipsMeant(entered, grabbed).filter((clip) => !clip.picture);
  const other = side === 'in' ? 'out' : 'in';
  let length: Seconds = shownFades(grabbed)[side];
  const own = (clip: SceneClip): Seconds => clamp(length, 0, clip.end - clip.start - shownFades(clip)[other]);
  const faded = (clip: SceneClip): SceneClip => {
    const fades = shownFades(clip);
    const [fadeIn, fadeOut] = side === 'in' ? [own(clip), fades.out] : [fades.in, own(clip)];
    return { ...clip, fadeIn, fadeOut, fadesBeyond: { before: 0, after: 0 } };
  };

  return {
    cursor: 'ew-resize',

    move(context, pointer) {
      const time = xToTime(context.view, pointer.x);
      const wanted = side === 'in' ? time - grabbed.start : grabbed.end - time;
      length = wanted < nonePixels * context.view.secondsPerPixel ? 0 : wanted;
      return {
        ghosts: clips.map(faded),
        words: `${own(grabbed).toFixed(3)} s`,
      };
    },

    commit() {
      const edits = clips.flatMap((clip): EditCommand[] => {
        const seconds = own(clip);
        if (seconds === shownFades(clip)[side]) return [];
        return [
          { cmd: 'SET_CLIP', clip_id: clip.id, ...(side === 'in' ? { fade_in: seconds } : { fade_out: seconds }) },
        ];
      });
      return outcomeOf(asOneStep(edits, side === 'in' ? gestureSteps.fadeIn : gestureSteps.fadeOut), clips);
    },
  };
}
