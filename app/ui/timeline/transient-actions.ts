// What can be done at the attacks in the sounds of the selected clips.
import { asOneStep, positionAt } from '../../editor/edits.ts';
import type { EditCommand } from '../../protocol/commands.ts';
import type { Action } from '../actions.ts';
import { select } from '../selection.ts';
import { stepName, text } from '../text.ts';
import { clipsInHand } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';
import { findTransients } from './transient-search.ts';
import { goTo } from './view-actions.ts';

/** A cut closer to a clip's edge would leave a piece too short to grasp. */
const shortestPiece = 0.005;
/** Nearer than this the playhead is there already. */
const sameTime = 1e-4;

export function transientActions(model: TimelineModel): Action[] {
  const anySelected = (): boolean => clipsInHand(model).length > 0;
  return [
    {
      id: 'clip.splitTransients',
      label: 'clip.splitTransients',
      keys: ['Shift+KeyX'],
      run: () => void splitAtTransients(model),
      enabled: anySelected,
    },
    {
      id: 'view.nextTransient',
      label: 'view.nextTransient',
      keys: ['Shift+Period'],
      run: () => void goToTransient(model, 1),
      enabled: anySelected,
    },
    {
      id: 'view.previousTransient',
      label: 'view.previousTransient',
      keys: ['Shift+Comma'],
      run: () => void goToTransient(model, -1),
      enabled: anySelected,
    },
  ];
}

/** Cuts the selected clips at every attack inside them, as one step, and selects the pieces. */
async function splitAtTransients(model: TimelineModel): Promise<void> {
  const found = await findTransients(model, clipsInHand(model));
  if (!found) return;
  const scene = model.scene();
  const edits = found.flatMap(({ clip, times }): EditCommand[] => {
    // What was removed or moved meanwhile is left alone.
    if (scene.clips.get(clip.id)?.start !== clip.start) return [];
    const inside = times.filter((time) => time - clip.start > shortestPiece && clip.end - time > shortestPiece);
    // From the last one on: the first piece keeps the clip's id.
    return Array.from(inside.reverse(), (time) => ({
      cmd: 'SPLIT_CLIP',
      clip_id: clip.id,
      position: positionAt(scene, time),
    }));
  });
  const command = asOneStep(edits, stepName('clip.splitTransients'));
  if (!command) {
    model.client.notify({ kind: 'info', text: text('clip.noTransients') });
    return;
  }
  const reply = await model.client.run(command);
  if (!reply.ok) return;
  select(reply.created ?? []);
  model.announce(text('clip.splitTransients'));
}

/** To the nearest attack of the selected clips after or before the playhead. */
async function goToTransient(model: TimelineModel, direction: 1 | -1): Promise<void> {
  const found = await findTransients(model, clipsInHand(model));
  const now = model.playhead();
  const ahead = (found ?? []).flatMap(({ times }) => {
    const time =
      direction === 1
        ? times.find((candidate) => candidate > now + sameTime)
        : times.findLast((candidate) => candidate < now - sameTime);
    return time ?? [];
  });
  if (ahead.length > 0) goTo(model, direction === 1 ? Math.min(...ahead) : Math.max(...ahead));
}
