// What the page may ask of the session worker.
import type { EngineBackend, EngineStatus, TimelinePosition } from '../engine/audio-engine.ts';
import type { EngineAddresses, FeatureUpdate } from '../engine/feature-frames.ts';
import type { RenderSource } from '../engine/render-source.ts';
import type { Command } from '../protocol/commands.ts';
import type { ErrorReport } from '../protocol/errors.ts';
import type { AtomeObject } from '../protocol/kinds.ts';
import type { AtomeEnv } from '../protocol/log.ts';
import type { AppState, CommandReply, PropertyVersion, StatePatch } from '../protocol/state.ts';
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
}

/** All callbacks are comlink proxies. */
export interface SessionListeners {
  onPatch(patch: StatePatch): void;
  onFeature(update: FeatureUpdate): void;
  onError(report: ErrorReport): void;
}

/** The fallback engine as the session worker reaches it: positions are asked for, not shared. */
export type RemoteBackend = Pick<EngineBackend, 'apply' | 'play' | 'stop' | 'seek' | 'panic'> & {
  position(timelineId: string): TimelinePosition;
};

export interface SessionWorkerApi extends LivingWorker {
  /** Loads the session and starts the engine's control side; the addresses are null with the fallback. */
  start(options: SessionStart, listeners: SessionListeners, fallback?: RemoteBackend): Promise<EngineAddresses | null>;
  getState(): AppState;
  dispatch(command: Command): Promise<CommandReply>;
  objects(kind?: string): AtomeObject[];
  history(objectId: string, property: string): Promise<PropertyVersion[]>;
  /** Top of a fresh stack in the engine's memory for a new worklet node. */
  createStack(): number;
  recordOutput(frames: number): Promise<{ startFrame: number; channels: Float32Array[] }>;
  /** What the page knows and metrics want. */
  reportStatus(status: EngineStatus): void;
  /** Whether a stored blob is used by a file that exists or that undo can bring back. */
  refersToBlob(hash: string): boolean;
  /** What a render worker needs to render a timeline. */
  renderSource(timelineId: string): RenderSource;
  close(): Promise<void>;
}
