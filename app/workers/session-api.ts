// What the page may ask of the session worker.
import type {
  EngineBackend,
  EngineDelta,
  EngineStatus,
  Landing,
  TimelinePosition,
  TriggerFired,
} from '../engine/audio-engine.ts';
import type { EngineAddresses } from '../engine/feature-frames.ts';
import type { RenderRange, RenderSource } from '../engine/render-source.ts';
import type { OutputRecording } from '../engine/tap.ts';
import type { Command } from '../protocol/commands.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import type { AtomeEnv } from '../protocol/log.ts';
import type { Features } from '../protocol/messages.ts';
import type { AppState, CommandReply, HistoryEntry, PropertyVersion } from '../protocol/state.ts';
import type { FreezeSource } from './freeze-source.ts';
import type { LivingWorker } from './life.ts';

export interface SessionStart {
  readonly userId: string;
  readonly deviceId: string;
  /** The WASM engine's module and memory, or the fallback that lives on the main thread (a comlink proxy). */
  readonly engine:
    | {
        readonly type: 'wasm';
        readonly module: WebAssembly.Module;
        readonly memory: WebAssembly.Memory;
        readonly sampleRate: number;
      }
    | { readonly type: 'webaudio' };
  readonly env: AtomeEnv;
  /** Names the log channel. */
  readonly pageId: string;
  /** What is carried over from a session before this one and is not stored: where timelines stand, levels. */
  readonly first: readonly Command[];
}

/** What the worker asks of its page, a comlink proxy: the sound as it is heard. */
export interface SoundPage {
  /** false: the browser wants a gesture in that page first. @throws AtomeError ERR_ENGINE_START */
  startSound(): Promise<boolean>;
  stopSound(): Promise<void>;
  status(): Promise<EngineStatus>;
  position(timelineId: string): Promise<TimelinePosition>;
  features(): Promise<Features>;
}

/** What any client of the session may ask; asking twice does no harm. */
export interface SessionQuestions extends Pick<SoundPage, 'startSound' | 'stopSound' | 'status' | 'position'> {
  state(): AppState;
  objects(kind?: string): AtomeObject[];
  history(objectId: string, property: string): Promise<PropertyVersion[]>;
  /** Steps of the history, at most so many to either side of now, newest first. */
  steps(limit: number): HistoryEntry[];
  /** Whether a stored blob is used by a file that exists or that undo can bring back. */
  refersToBlob(hash: string): boolean;
  /** What a render worker needs to render a timeline. */
  renderSource(timelineId: string, range?: RenderRange): RenderSource;
  /** What a render worker needs to freeze clips, lane by lane. @throws AtomeError ERR_NOT_FOUND, ERR_ENGINE_LIMIT */
  freezeSources(clipIds: readonly string[]): FreezeSource[];
  recordOutput(frames: number): Promise<OutputRecording>;
  /** The project in front, for its file. */
  projectParts(): Promise<ProjectParts>;
  /** Checks all of a project file but its sounds. @throws AtomeError ERR_PROJECT_FILE, ERR_FILE_FORMAT, ERR_FILE_VANISHED */
  planProject(file: File): ProjectPlan;
  /** Makes a project part of the session, once per `id`; its sounds are stored already. */
  importProject(id: string, file: File, paths: StoredPaths): Promise<CommandReply>;
}

export interface ProjectParts {
  readonly objects: readonly AtomeObject[];
  /** Lines of `historyLines`. */
  readonly history: Blob;
}

/** What a project file holds. */
export interface ProjectPlan {
  readonly name: string;
  readonly objects: number;
  readonly steps: number;
  /** Where each sound stands in the file, in bytes. */
  readonly sounds: readonly { readonly hash: string; readonly offset: number; readonly size: number }[];
  readonly videos: readonly {
    readonly hash: string;
    readonly ending: string;
    readonly offset: number;
    readonly size: number;
  }[];
  /** Content hashes of all sounds that its objects speak of. */
  readonly needed: readonly string[];
}

/** Where the sound or video of each content hash is stored. */
export type StoredPaths = Readonly<Record<string, string>>;

/** The fallback engine as the session worker reaches it: positions are asked for, not shared. */
export type RemoteBackend = Pick<EngineBackend, 'apply' | 'play' | 'stop' | 'seek' | 'scrub' | 'panic'> & {
  /** Applies all of them as one change, with which timelines that play go on elsewhere, by their ids; resolves when that is heard. */
  land(deltas: readonly EngineDelta[], landings: Readonly<Record<string, Landing>>): Promise<void>;
  position(timelineId: string): TimelinePosition;
  positions(): Readonly<Record<string, TimelinePosition>>;
  tellTriggers(listener: (fired: TriggerFired) => void): void;
};

export interface SessionWorkerApi extends LivingWorker {
  /**
   * Loads the session, starts the engine's control side and serves the page by `port` and every other tab by a channel.
   * The addresses are null with the fallback.
   */
  start(
    options: SessionStart,
    port: MessagePort,
    page: SoundPage,
    fallback?: RemoteBackend,
  ): Promise<EngineAddresses | null>;
  /** Top of a fresh stack in the engine's memory for a new worklet node. */
  createStack(): number;
  /** What the page knows: for metrics, and for the other tabs. */
  reportStatus(status: EngineStatus, features: Features): void;
  /** Resolves when everything accepted is on disk; from then on another tab may open the session. */
  close(): Promise<void>;
}
