// Time put into and taken out of a timeline: as much as the loop holds, else as the selected clips span.
import { positionAt } from '../../editor/edits.ts';
import type { Scene } from '../../editor/scene.ts';
import type { Action } from '../actions.ts';
import { selectedIds } from '../selection.ts';
import { text } from '../text.ts';
import { clipsInHand, runStep } from './clip-actions.ts';
import type { TimelineModel } from './model.ts';

/** Group ids; null is the lane of clips without one. */
type Lanes = readonly (string | null)[];

/** On all lanes, and on those of the selection. */
export function timeActions(model: TimelineModel): Action[] {
  const hasRange = (): boolean => rangeOf(model) !== undefined;
  const hasLanes = (): boolean => hasRange() && selectedLanes(model).length > 0;
  return [
    { id: 'time.insert', label: 'time.insert', run: () => insertTime(model), enabled: hasRange },
    {
      id: 'time.remove',
      label: 'time.remove',
      keys: ['Shift+Delete'],
      run: () => removeTime(model),
      enabled: hasRange,
    },
    {
      id: 'time.insertLanes',
      label: 'time.insertLanes',
      run: () => insertTime(model, selectedLanes(model)),
      enabled: hasLanes,
    },
    {
      id: 'time.removeLanes',
      label: 'time.removeLanes',
      run: () => removeTime(model, selectedLanes(model)),
      enabled: hasLanes,
    },
  ];
}

/** For the menu of one lane. */
export function laneTimeActions(model: TimelineModel, group: string | null): Action[] {
  const enabled = (): boolean => rangeOf(model) !== undefined;
  return [
    { id: 'lane.insertTime', label: 'lane.insertTime', run: () => insertTime(model, [group]), enabled },
    { id: 'lane.removeTime', label: 'lane.removeTime', run: () => removeTime(model, [group]), enabled },
  ];
}

/** In the timeline's timebase. */
function rangeOf(model: TimelineModel): { readonly start: number; readonly end: number } | undefined {
  const scene = model.scene();
  const clips = clipsInHand(model);
  const range = scene.loop ?? {
    start: Math.min(...clips.map((clip) => clip.start)),
    end: Math.max(...clips.map((clip) => clip.end)),
  };
  if (!(range.end > range.start) || !Number.isFinite(range.end)) return undefined;
  return { start: positionAt(scene, range.start), end: positionAt(scene, range.end) };
}

function insertTime(model: TimelineModel, lanes?: Lanes): void {
  const range = rangeOf(model);
  if (!range) return;
  const at = positionAt(model.scene(), model.playhead());
  const duration = range.end - range.start;
  void runStep(model, { cmd: 'INSERT_TIME', ...onLanes(model, lanes), at, duration }, text('time.insert'));
}

function removeTime(model: TimelineModel, lanes?: Lanes): void {
  const range = rangeOf(model);
  if (range) void runStep(model, { cmd: 'REMOVE_TIME', ...onLanes(model, lanes), ...range }, text('time.remove'));
}

const onLanes = (model: TimelineModel, lanes: Lanes | undefined) => ({
  timeline_id: model.scene().timelineId,
  ...(lanes ? { group_ids: [...lanes] } : {}),
});

/** The lanes that are selected themselves, and those of selected clips. */
function selectedLanes(model: TimelineModel): Lanes {
  const scene: Scene = model.scene();
  const ofClips = clipsInHand(model).map((clip) => scene.lanes[clip.lane]?.group?.id ?? null);
  const groups = scene.lanes.flatMap(({ group }) => (group && selectedIds().has(group.id) ? group.id : []));
  return [...new Set([...ofClips, ...groups])];
}
