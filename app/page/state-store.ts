// The application state as a Solid store that only patches of the session change.
import { batch } from 'solid-js';
import { createStore, reconcile, type SetStoreFunction } from 'solid-js/store';
import type { AppState, JsonPatchOp, StatePatch } from '../protocol/state.ts';

export interface StateStore {
  readonly state: AppState;
  /** Applies the next patch. @returns false when it is not the next one; nothing has changed then. */
  apply(patch: StatePatch): boolean;
  /** Changes what differs. */
  reset(snapshot: AppState): void;
}

/** Deep structure that patches walk; the session's own snapshots are of this shape. */
type Tree = { [key: string]: Tree | unknown };

export function createStateStore(initial: AppState): StateStore {
  const [state, setState] = createStore<AppState>(initial);
  let revision = initial.meta.revisionId;
  return {
    state,
    apply(patch) {
      if (patch.revId !== revision + 1) return false;
      revision = patch.revId;
      batch(() => {
        for (const operation of patch.ops) applyOperation(setState, operation);
      });
      return true;
    },
    reset(snapshot) {
      revision = snapshot.meta.revisionId;
      setState(reconcile(snapshot));
    },
  };
}

function applyOperation(setState: SetStoreFunction<AppState>, operation: JsonPatchOp): void {
  const path = operation.path.split('/').slice(1).map(unescapeSegment);
  const value = operation.op === 'remove' ? undefined : operation.value;
  // Solid removes a key that is set to undefined, and merges objects: a replaced object is removed first.
  const set = setState as unknown as (...parts: unknown[]) => void;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) set(...path, undefined);
  set(...path, value as Tree);
}

/** JSON pointer escapes of RFC 6901. */
const unescapeSegment = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~');
