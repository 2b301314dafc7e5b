// What the lanes above the clips offer to the palette and the keys: folding them, and a marker at the playhead.
import { createId } from '../../core/id.ts';
import { positionAt } from '../../editor/edits.ts';
import type { Action } from '../actions.ts';
import { text } from '../text.ts';
import { runStep } from '../timeline/clip-actions.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { isUnfolded, toggleLane } from './lane-folds.ts';

export const timeLaneActions = (model: TimelineModel): Action[] => [
  {
    id: 'markers.add',
    label: 'markers.add',
    keys: ['KeyM'],
    run: () => void addMarker(model, model.playhead()),
  },
  {
    id: 'lanes.markers',
    label: 'lanes.showMarkers',
    keys: ['Alt+KeyM'],
    run: () => toggleLane('markers'),
    checked: () => isUnfolded('markers'),
  },
  {
    id: 'lanes.tempo',
    label: 'lanes.showTempo',
    keys: ['Alt+KeyT'],
    run: () => toggleLane('tempo'),
    checked: () => isUnfolded('tempo'),
  },
  {
    id: 'lanes.events',
    label: 'lanes.showEvents',
    keys: ['Alt+KeyE'],
    run: () => toggleLane('events'),
    checked: () => isUnfolded('events'),
  },
];

/** Markers are named by their number until they get a name. @returns its id. */
export async function addMarker(model: TimelineModel, time: number): Promise<string> {
  const scene = model.scene();
  const id = createId();
  const name = text('markers.name', { number: scene.markers.length + 1 });
  const command = {
    cmd: 'ADD_MARKER',
    id,
    timeline_id: scene.timelineId,
    time: positionAt(scene, time),
    name,
  } as const;
  await runStep(model, command, text('markers.added', { name }));
  return id;
}
