// Which timelines this page shows: in each pane the one chosen there, and the way into the ones that play inside it. No
// other tab of the browser is bound by it, and no step of the history comes of it.
import { createEffect, createSignal, on } from 'solid-js';
import type { AppState } from '../../protocol/state.ts';
import { select, selectedIds } from '../selection.ts';

/** The type under which tabs are dragged; the data is the id of the TimelineAtome. */
export const timelineDragType = 'application/x-atome-timeline';

/** Panes lie under each other; there are one or two. */
export type Pane = 0 | 1;

/** From the timeline of the tab inwards; empty: the one that the project shows first. */
type Trail = readonly string[];

const [trails, setTrails] = createSignal<readonly [Trail] | readonly [Trail, Trail]>([[]]);
const [active, setActive] = createSignal<Pane>(0);

/** The pane that keys, transport and palette speak of. */
export const activePane = (): Pane => (trails().length === 2 ? active() : 0);
export const setActivePane = setActive;

export const panes = (): readonly Pane[] => (trails().length === 2 ? [0, 1] : [0]);
export const isSplit = (): boolean => trails().length === 2;

const lives = (state: AppState, id: string): boolean => state.objects[id]?.kind === 'TimelineAtome';

/** The ids from the tab's timeline to the one in sight; what was removed ends the way. */
export function shownTrail(state: AppState, pane: Pane = activePane()): Trail {
  const chosen = trails()[pane] ?? [];
  const gone = chosen.findIndex((id) => !lives(state, id));
  const living = gone < 0 ? chosen : chosen.slice(0, gone);
  if (living.length > 0) return living;
  return state.activeTimelineId === null ? [] : [state.activeTimelineId];
}

export const shownTimelineId = (state: AppState, pane?: Pane): string | undefined => shownTrail(state, pane).at(-1);

function setTrail(trail: Trail, pane: Pane): void {
  const [first, second] = trails();
  if (second === undefined) setTrails([trail]);
  else setTrails(pane === 0 ? [trail, second] : [first, trail]);
}

/** Shows a timeline by itself. */
export const showTimeline = (id: string, pane: Pane = activePane()): void => setTrail([id], pane);

/** Goes into a timeline that plays inside the one in sight. */
export const openNested = (state: AppState, id: string, pane: Pane = activePane()): void =>
  setTrail([...shownTrail(state, pane), id], pane);

/** Goes out to the timeline at that place of the way. */
export const goOutTo = (state: AppState, place: number, pane: Pane = activePane()): void =>
  setTrail(shownTrail(state, pane).slice(0, place + 1), pane);

/** Shows a second pane with another timeline, or takes it away again. */
export function toggleSplit(state: AppState): void {
  const [first] = trails();
  setActive(0);
  if (isSplit()) {
    setTrails([first]);
    return;
  }
  const shown = shownTrail(state)[0];
  const other = Object.values(state.objects).find(
    (object) => object.kind === 'TimelineAtome' && object.project_id === state.activeProjectId && object.id !== shown,
  );
  setTrails([first, other ? [other.id] : first]);
}

/** Follows what scripts, undo or another project bring to the front; call it once. */
export function followActiveTimeline(state: AppState): void {
  createEffect(
    on(
      () => state.activeTimelineId,
      () => {
        setActive(0);
        setTrails([[]]);
      },
      { defer: true },
    ),
  );
}

/** Lets go of what is selected on a timeline that goes out of sight: keys and panels speak of what is seen; call it once. */
export function selectOnlyShown(state: AppState): void {
  createEffect(
    on(
      () => shownTimelineId(state),
      (shown) => {
        const isElsewhere = (id: string): boolean => {
          const object = state.objects[id];
          return object !== undefined && 'timeline_id' in object && object.timeline_id !== shown;
        };
        const kept = [...selectedIds()].filter((id) => !isElsewhere(id));
        if (kept.length < selectedIds().size) select(kept);
      },
      { defer: true },
    ),
  );
}
