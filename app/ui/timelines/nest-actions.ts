// Timelines inside timelines, as actions: placing one at the playhead, going into it and out again.
import { positionAt } from '../../editor/edits.ts';
import type { Action } from '../actions.ts';
import { objectOf, objectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import { clipsInHand, runStep } from '../timeline/clip-actions.ts';
import type { TimelineModel } from '../timeline/model.ts';
import { goOutTo, openNested, shownTrail, showTimeline } from './shown-timeline.ts';

/** The nested timeline of the clip in hand. */
function nestedInHand(model: TimelineModel): string | undefined {
  const [clip] = clipsInHand(model);
  return clip?.source.kind === 'TimelineClipAtome' ? clip.source.nested_timeline_id : undefined;
}

function showNeighbour(model: TimelineModel, by: 1 | -1): void {
  const { state } = model.client;
  const all = objectsOf(state, 'TimelineAtome').filter(({ project_id }) => project_id === state.activeProjectId);
  const at = all.findIndex(({ id }) => id === shownTrail(state)[0]);
  const next = all[(at + by + all.length) % all.length];
  if (next) showTimeline(next.id);
}

export function wayActions(model: TimelineModel): Action[] {
  const { state } = model.client;
  return [
    {
      id: 'timelines.open',
      label: 'timelines.open',
      keys: ['Enter'],
      run: () => {
        const nested = nestedInHand(model);
        if (nested !== undefined) openNested(state, nested);
      },
      enabled: () => nestedInHand(model) !== undefined,
    },
    {
      id: 'timelines.out',
      label: 'timelines.out',
      keys: ['Alt+Backspace'],
      run: () => goOutTo(state, shownTrail(state).length - 2),
      enabled: () => shownTrail(state).length > 1,
    },
    { id: 'timelines.next', label: 'timelines.next', keys: ['Alt+PageDown'], run: () => showNeighbour(model, 1) },
    {
      id: 'timelines.previous',
      label: 'timelines.previous',
      keys: ['Alt+PageUp'],
      run: () => showNeighbour(model, -1),
    },
  ];
}

/** One for each other timeline of the project; reactive. */
export function placeActions(model: TimelineModel): Action[] {
  const { state } = model.client;
  const shown = model.timelineId();
  return objectsOf(state, 'TimelineAtome')
    .filter(({ id, project_id }) => id !== shown && project_id === state.activeProjectId)
    .map(({ id, name }) => ({
      id: `timelines.place.${id}`,
      label: 'timelines.place',
      values: { name },
      run: () => void place(model, id, model.playhead()),
    }));
}

/** Puts a timeline on the one in sight, on a lane or on none. */
export async function place(model: TimelineModel, nestedId: string, time: number, lane?: string | null): Promise<void> {
  const scene = model.scene();
  const name = objectOf(model.client.state, 'TimelineAtome', nestedId)?.name ?? '';
  const id = crypto.randomUUID();
  const command = {
    cmd: 'ADD_NESTED_TIMELINE',
    id,
    timeline_id: scene.timelineId,
    nested_timeline_id: nestedId,
    play_position: positionAt(scene, time),
    ...(lane === undefined ? {} : { group_id: lane }),
  } as const;
  await runStep(model, command, text('timelines.placed', { name }), [id]);
}
