// Which timeline this page shows: the one chosen here, and the way into the ones that play inside it. No other tab of the
// browser is bound by it, and no step of the history comes of it.
import { createEffect, createSignal, on } from 'solid-js';
import type { AppState } from '../../protocol/state.ts';

/** The type under which tabs are dragged; the data is the id of the TimelineAtome. */
export const timelineDragType = 'application/x-atome-timeline';

/** From the timeline of the tab inwards; empty: the one that the project shows first. */
const [trail, setTrail] = createSignal<readonly string[]>([]);

const lives = (state: AppState, id: string): boolean => state.objects[id]?.kind === 'TimelineAtome';

/** The ids from the tab's timeline to the one in sight; what was removed ends the way. */
export function shownTrail(state: AppState): readonly string[] {
  const chosen = trail();
  const gone = chosen.findIndex((id) => !lives(state, id));
  const living = gone < 0 ? chosen : chosen.slice(0, gone);
  if (living.length > 0) return living;
  return state.activeTimelineId === null ? [] : [state.activeTimelineId];
}

export const shownTimelineId = (state: AppState): string | undefined => shownTrail(state).at(-1);

/** Shows a timeline by itself. */
export const showTimeline = (id: string): void => {
  setTrail([id]);
};

/** Goes into a timeline that plays inside the one in sight. */
export const openNested = (state: AppState, id: string): void => {
  setTrail([...shownTrail(state), id]);
};

/** Goes out to the timeline at that place of the way. */
export const goOutTo = (state: AppState, place: number): void => {
  setTrail(shownTrail(state).slice(0, place + 1));
};

/** Follows what scripts, undo or another project bring to the front; call it once. */
export function followActiveTimeline(state: AppState): void {
  createEffect(
    on(
      () => state.activeTimelineId,
      () => setTrail([]),
      { defer: true },
    ),
  );
}
