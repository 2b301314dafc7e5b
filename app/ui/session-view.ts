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

/** Another one for every state, reactive: two sessions may count to the same revision, but never at the same time. */
export const stampOf = ({ meta }: AppState): string => `${meta.revisionId} ${meta.serverTime}`;

interface Sorted {
  readonly stamp: string;
  readonly kinds: ReadonlyMap<Kind, readonly AtomeObject[]>;
}

/** The objects of each state by their kind, as they were at its newest stamp. */
const sorted = new WeakMap<AppState, Sorted>();

/**
 * The objects of a kind as plain values: thousands are looked through in no time, and again with every revision.
 * What is shown of one that may change is read from `objectsOf`, whose objects are parts of the store.
 */
export function plainObjectsOf<K extends Kind>(state: AppState, kind: K): readonly ObjectOf<K>[] {
  const stamp = stampOf(state);
  const plain = unwrap(state);
  let known = sorted.get(plain);
  if (known?.stamp !== stamp) {
    known = { stamp, kinds: Map.groupBy(Object.values(plain.objects), (object) => object.kind) };
    sorted.set(plain, known);
  }
  return (known.kinds.get(kind) ?? []) as unknown as readonly ObjectOf<K>[];
}

export const objectsOf = <K extends Kind>(state: AppState, kind: K): ObjectOf<K>[] =>
  plainObjectsOf(state, kind).flatMap(({ id }) => objectOf(state, kind, id) ?? []);

export const hasAny = (state: AppState, kind: Kind): boolean => plainObjectsOf(state, kind).length > 0;

/** Whether the session has told its state yet. */
export const isKnown = (state: AppState): boolean => state.meta.version !== '';

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
