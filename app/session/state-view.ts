// The state that every client sees, and the patches that keep it: derived from changes, never compared as a whole.
import type { AtomeObject } from '../protocol/kinds.ts';
import type { AppState, JsonPatchOp, StatePatch, TimelineState } from '../protocol/state.ts';
import type { PropertyChange } from '../protocol/transaction.ts';
import { activeProjectOf, activeTimelineOf, barPhaseAt, tempoAt } from './active.ts';
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

/** Everything in the state but objects and timelines: few values, patched where they differ. */
type Header = Omit<AppState, 'objects' | 'timelines'>;

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
  #header: Header;
  /** What the header says of the transport or of what is in front may have changed. */
  #headerChanged = false;
  #pendingOps: JsonPatchOp[] = [];

  constructor(objects: ObjectMap, sources: StateSources) {
    this.#objects = objects;
    this.#sources = sources;
    for (const timeline of objects.ofKind('TimelineAtome')) this.#timelines.set(timeline.id, stopped);
    this.#header = this.#currentHeader();
  }

  get revision(): number {
    return this.#revision;
  }

  snapshot(): AppState {
    return {
      ...this.#header,
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
    this.#headerChanged = true;
    if (state.playing) this.#playing.add(id);
    else this.#playing.delete(id);
    this.#pendingOps.push({ op: 'replace', path: `/timelines/${id}`, value: state });
  }

  setMasterGain(gain: number): void {
    this.#masterGain = gain;
    this.#headerChanged = true;
  }

  setMetronome(metronome: AppState['transport']['metronome']): void {
    this.#metronome = metronome;
    this.#headerChanged = true;
  }

  setSystem(system: AppState['system']): void {
    this.#system = system;
    this.#headerChanged = true;
  }

  get metronome(): AppState['transport']['metronome'] {
    return this.#metronome;
  }

  /** Takes changes over that the objects have already been through. */
  apply(changes: readonly PropertyChange[]): void {
    for (let from = 0; from < changes.length; ) {
      const id = changes[from]?.objectId ?? '';
      let to = from + 1;
      while (changes[to]?.objectId === id) to++;
      this.#applyObject(id, changes.slice(from, to));
      from = to;
    }
  }

  /** Closes a revision: everything since the last one, as one patch. */
  publish(): StatePatch {
    this.#revision++;
    const before = this.#header;
    this.#header = this.#headerChanged ? this.#currentHeader() : { ...before, ...this.#revisionAndHistory() };
    this.#headerChanged = false;
    const ops = this.#pendingOps;
    this.#pendingOps = [];
    appendHeaderOps(ops, before, this.#header);
    return { ops, revId: this.#revision };
  }

  #applyObject(id: string, changes: readonly PropertyChange[]): void {
    const object = this.#objects.get(id);
    if (!object || object.kind === 'TimelineAtome' || object.kind === 'ProjectAtome') this.#headerChanged = true;
    const lifecycle = changes.find(({ property }) => property === 'kind' || property === 'deleted');
    if (!lifecycle) {
      if (object) this.#pendingOps.push(...changes.map(propertyOp));
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

  #currentHeader(): Header {
    const project = activeProjectOf(this.#objects);
    const timeline = project && activeTimelineOf(this.#objects, project);
    return {
      ...this.#revisionAndHistory(),
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

  /** What differs with every revision. */
  #revisionAndHistory(): Pick<Header, 'meta' | 'history'> {
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

function propertyOp({ objectId, property, before, after }: PropertyChange): JsonPatchOp {
  const path = `/objects/${objectId}/${property}`;
  if (after === undefined) return { op: 'remove', path };
  return { op: before === undefined ? 'add' : 'replace', path, value: after };
}

function appendHeaderOps(ops: JsonPatchOp[], before: Header, after: Header): void {
  appendLeafOps(ops, '/meta', before.meta, after.meta);
  appendLeafOps(ops, '/transport', before.transport, after.transport);
  appendLeafOps(ops, '/system', before.system, after.system);
  appendLeafOps(ops, '/history', before.history, after.history);
  for (const name of ['activeProjectId', 'activeTimelineId'] as const) {
    if (before[name] !== after[name]) ops.push({ op: 'replace', path: `/${name}`, value: after[name] });
  }
}

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
