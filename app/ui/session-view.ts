// Short names for the parts of the state that many views read; all of them reactive.
import { unwrap } from 'solid-js/store';
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

/**
 * The objects of a kind as plain values: thousands are looked through in no time, and again with every revision.
 * What is shown of one that may change is read from `objectsOf`, whose objects are parts of the store.
 */
export function* plainObjectsOf<K extends Kind>(state: AppState, kind: K): Generator<ObjectOf<K>> {
  void state.meta.revisionId;
  for (const object of Object.values(unwrap(state).objects)) if (isOfKind(object, kind)) yield object;
}

export const objectsOf = <K extends Kind>(state: AppState, kind: K): ObjectOf<K>[] =>
  [...plainObjectsOf(state, kind)].flatMap(({ id }) => objectOf(state, kind, id) ?? []);

export function hasAny(state: AppState, kind: Kind): boolean {
  return plainObjectsOf(state, kind).next().done !== true;
}

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
