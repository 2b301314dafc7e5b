// The state that every client sees, and the patches that keep it: derived from changes, never compared as a whole.
import type { AtomeObject } from '../protocol/kinds.ts';
import type { AppState, JsonPatchOp, StatePatch, TimelineState } from '../protocol/state.ts';
import type { PropertyChange } from '../protocol/transaction.ts';
import { activeProjectOf, activeTimelineOf, barPhaseAt, tempoAt } from './active.ts';
import { eachObject } from './by-object.ts';
import type { HistoryStacks } from './history.ts';
import type { ObjectMap } from './object-map.ts';
import { sameValue } from './same-value.ts';

export interface StateSources {
  readonly version: string;
  readonly mode: AppState['meta']['mode'];
  readonly now: () => number;
  readonly history: () => HistoryStacks;
  /** Of a given newest revision, the last one that is on disk. */
  readonly savedRevision: (newest: number) => number;
}

/** What differs with every revision. */
type Status = Pick<AppState, 'meta' | 'history'>;

/** What is in front, and how it runs. */
type Front = Omit<AppState, 'objects' | 'timelines' | keyof Status>;

const stopped: TimelineState = { playing: false, position: 0, segment: null };

export class StateView {
  readonly #objects: ObjectMap;
  readonly #sources: StateSources;
  readonly #timelines = new Map<string, TimelineState>();
  readonly #playing = new Set<string>();
  #masterGain = 1;
  #metronome: AppState['transport']['metronome'] = { enabled: false, gain: 0.5 };
  #system: AppState['system'] = { cpuLoad: 0, diskBufferUsage: 0, memoryUsageMB: 0 };
  #revision = 0;
  #status: Status;
  #front: Front;
  #frontMayDiffer = false;
  #pendingOps: JsonPatchOp[] = [];

  constructor(objects: ObjectMap, sources: StateSources) {
    this.#objects = objects;
    this.#sources = sources;
    for (const timeline of objects.ofKind('TimelineAtome')) this.#timelines.set(timeline.id, stopped);
    this.#status = this.#currentStatus();
    this.#front = this.#currentFront();
  }

  get revision(): number {
    return this.#revision;
  }

  snapshot(): AppState {
    return {
      ...this.#status,
      ...this.#front,
      objects: Object.fromEntries([...this.#objects.living()].map((object) => [object.id, object])),
      timelines: Object.fromEntries(this.#timelines),
    };
  }

  timeline(id: string): TimelineState {
    return this.#timelines.get(id) ?? stopped;
  }

  playing(): string[] {
    return [...this.#playing];
  }

  setTimeline(id: string, state: TimelineState): void {
    const known = this.#timelines.get(id);
    if (!known || sameValue(known, state)) return;
    this.#timelines.set(id, state);
    this.#frontMayDiffer = true;
    if (state.playing) this.#playing.add(id);
    else this.#playing.delete(id);
    this.#pendingOps.push({ op: 'replace', path: `/timelines/${id}`, value: state });
  }

  setMasterGain(gain: number): void {
    this.#masterGain = gain;
    this.#frontMayDiffer = true;
  }

  setMetronome(metronome: AppState['transport']['metronome']): void {
    this.#metronome = metronome;
    this.#frontMayDiffer = true;
  }

  setSystem(system: AppState['system']): void {
    this.#system = system;
    this.#frontMayDiffer = true;
  }

  get metronome(): AppState['transport']['metronome'] {
    return this.#metronome;
  }

  /** Takes changes over that the objects have already been through. */
  apply(changes: readonly PropertyChange[]): void {
    eachObject(changes, (id, own) => this.#applyObject(id, own));
  }

  /** Closes a revision: everything since the last one, as one patch. */
  publish(): StatePatch {
    this.#revision++;
    const ops = this.#pendingOps;
    this.#pendingOps = [];
    const { meta, history } = this.#status;
    this.#status = this.#currentStatus();
    appendLeafOps(ops, '/meta', meta, this.#status.meta);
    appendLeafOps(ops, '/history', history, this.#status.history);
    if (this.#frontMayDiffer) this.#publishFront(ops);
    return { ops, revId: this.#revision };
  }

  #publishFront(ops: JsonPatchOp[]): void {
    const before = this.#front;
    this.#front = this.#currentFront();
    this.#frontMayDiffer = false;
    appendLeafOps(ops, '/transport', before.transport, this.#front.transport);
    appendLeafOps(ops, '/system', before.system, this.#front.system);
    for (const name of ['activeProjectId', 'activeTimelineId'] as const) {
      if (before[name] !== this.#front[name]) ops.push({ op: 'replace', path: `/${name}`, value: this.#front[name] });
    }
  }

  #applyObject(id: string, changes: readonly PropertyChange[]): void {
    const object = this.#objects.get(id);
    this.#frontMayDiffer ||= mayBeInFront(object ?? this.#objects.removed(id));
    if (!changes.some(({ property }) => property === 'kind' || property === 'deleted')) {
      if (object) for (const change of changes) this.#pendingOps.push(propertyOp(change));
      return;
    }
    if (object) this.#pendingOps.push({ op: 'add', path: `/objects/${id}`, value: object });
    else this.#pendingOps.push({ op: 'remove', path: `/objects/${id}` });
    this.#followTimeline(id, object);
  }

  #followTimeline(id: string, object: AtomeObject | undefined): void {
    const known = this.#timelines.has(id);
    if (object?.kind === 'TimelineAtome' && !known) {
      this.#timelines.set(id, stopped);
      this.#pendingOps.push({ op: 'add', path: `/timelines/${id}`, value: stopped });
    }
    if (!object && known) {
      this.#timelines.delete(id);
      this.#playing.delete(id);
      this.#pendingOps.push({ op: 'remove', path: `/timelines/${id}` });
    }
  }

  #currentFront(): Front {
    const project = activeProjectOf(this.#objects);
    const timeline = project && activeTimelineOf(this.#objects, project);
    return {
      transport: {
        bpm: tempoAt(timeline, this.timeline(timeline?.id ?? '').position),
        isPlaying: this.#playing.size > 0,
        barPhase: timeline ? barPhaseAt(timeline, this.timeline(timeline.id).position) : 0,
        masterGain: this.#masterGain,
        metronome: this.#metronome,
      },
      system: this.#system,
      activeProjectId: project?.id ?? null,
      activeTimelineId: timeline?.id ?? null,
    };
  }

  #currentStatus(): Status {
    const { version, mode, now, history, savedRevision } = this.#sources;
    const { undo, redo } = history();
    return {
      meta: {
        revisionId: this.#revision,
        serverTime: now(),
        mode,
        version,
        savedRevisionId: savedRevision(this.#revision),
      },
      history: {
        undoLabel: undo?.label ?? null,
        redoLabel: redo?.label ?? null,
        undoDepth: undo?.depth ?? 0,
        redoDepth: redo?.depth ?? 0,
      },
    };
  }
}

/** What is gone without a trace may have been. */
const mayBeInFront = (object: AtomeObject | undefined): boolean =>
  !object || object.kind === 'TimelineAtome' || object.kind === 'ProjectAtome';

function propertyOp({ objectId, property, before, after }: PropertyChange): JsonPatchOp {
  const path = `/objects/${objectId}/${property}`;
  if (after === undefined) return { op: 'remove', path };
  return { op: before === undefined ? 'add' : 'replace', path, value: after };
}

/** Values are few, and patched where they differ. */
function appendLeafOps<Section extends object>(
  ops: JsonPatchOp[],
  path: string,
  before: Section,
  after: Section,
): void {
  if (before === after) return;
  for (const name in after) {
    if (before[name] !== after[name]) ops.push({ op: 'replace', path: `${path}/${name}`, value: after[name] });
  }
}
