// Short names for the parts of the state that many views read; all of them reactive.
import { type TempoMap, tempoMapOf } from '../core/tempo.ts';
import type { AtomeObject, Kind, ObjectOf, ProjectAtome, TimelineAtome } from '../protocol/kinds.ts';
import type { AppState } from '../protocol/state.ts';
import { shownTimelineId } from './timelines/shown-timeline.ts';

const isOfKind = <K extends Kind>(object: AtomeObject, kind: K): object is AtomeObject & ObjectOf<K> =>
  object.kind === kind;

/** The object of that id if it lives and is of that kind. */
export function objectOf<K extends Kind>(
  state: AppState,
  kind: K,
  id: string | null | undefined,
): ObjectOf<K> | undefined {
  const object = id ? state.objects[id] : undefined;
  return object && isOfKind(object, kind) ? object : undefined;
}

export const objectsOf = <K extends Kind>(state: AppState, kind: K): ObjectOf<K>[] =>
  Object.values(state.objects).filter((object) => isOfKind(object, kind));

export const activeProject = (state: AppState): ProjectAtome | undefined =>
  objectOf(state, 'ProjectAtome', state.activeProjectId);

/** The one in sight here. */
export const activeTimeline = (state: AppState): TimelineAtome | undefined =>
  objectOf(state, 'TimelineAtome', shownTimelineId(state));

export function activeTempoMap(state: AppState): TempoMap | undefined {
  const timeline = activeTimeline(state);
  return timeline ? tempoMapOf(timeline) : undefined;
}

export const isPlaying = (state: AppState): boolean => state.timelines[shownTimelineId(state) ?? '']?.playing === true;
