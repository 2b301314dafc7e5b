// The application state as a Solid store that only patches of the session change.
import { batch } from 'solid-js';
import { createStore, reconcile, type SetStoreFunction } from 'solid-js/store';
import type { AppState, JsonPatchOp, StatePatch } from '../protocol/state.ts';

export interface StateStore {
  readonly state: AppState;
  /** Takes the first state over, by reference. */
  begin(snapshot: AppState): void;
  /** Applies the next patch. @returns false when it is not the next one; nothing has changed then. */
  apply(patch: StatePatch): boolean;
  /** Changes what differs. */
  reset(snapshot: AppState): void;
}

/** Deep structure that patches walk; the session's own snapshots are of this shape. */
type Tree = { [key: string]: Tree | unknown };

/** What is there before the session has told its state: no project, and no version of the program. */
export const unknownState: AppState = {
  meta: { revisionId: -1, serverTime: 0, mode: 'NORMAL', version: '', savedRevisionId: -1 },
  transport: { bpm: 120, isPlaying: false, barPhase: 0, masterGain: 1, metronome: { enabled: false, gain: 0.5 } },
  system: { cpuLoad: 0, diskBufferUsage: 0, memoryUsageMB: 0 },
  activeProjectId: null,
  activeTimelineId: null,
  objects: {},
  timelines: {},
  history: { undoLabel: null, redoLabel: null, undoDepth: 0, redoDepth: 0 },
};

export function createStateStore(): StateStore {
  const [state, setState] = createStore<AppState>(structuredClone(unknownState));
  let revision = 0;
  return {
    state,
    begin({ objects, ...rest }) {
      revision = rest.meta.revisionId;
      const held = {};
      batch(() => {
        setState({ ...rest, objects: held });
        // A store goes through whatever it is given, and again when it is first read: thousands of objects come in later.
        void state.objects;
        Object.assign(held, objects);
      });
    },
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
