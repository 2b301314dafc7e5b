// `window.atome`: the surface for scripts and tests. Names and fields are promises; extend, never rename.
import type { AudioEngine } from '../engine/audio-engine.ts';
import type { Command } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AtomeObject, AudioFileAtome, MediaFileAtome } from '../protocol/kinds.ts';
import type { AppState, CommandReply, PropertyVersion, StatePatch } from '../protocol/state.ts';
import type { BlobService } from './blob-service.ts';
import type { TimelineService } from './timeline-service.ts';
import type { Videos } from './videos.ts';

export interface Atome {
  readonly version: string;
  /** Session loaded and engine chosen; needs no gesture. */
  readonly ready: Promise<void>;
  readonly services: {
    readonly audioEngine: AudioEngine;
    readonly timelines: TimelineService;
    readonly blobs: BlobService;
    /** Stored videos; `delete` refuses those that something refers to, and `garbage` lists the others. */
    readonly videos: Pick<Videos, 'get' | 'has' | 'garbage'> & { readonly delete: Videos['takeBack'] };
  };
  readonly session: {
    dispatch(command: Command): Promise<CommandReply>;
    getState(): Promise<AppState>;
    subscribe(listener: (patch: StatePatch) => void): () => void;
    objects(kind?: string): Promise<AtomeObject[]>;
    history(objectId: string, property: string): Promise<PropertyVersion[]>;
  };
  importFile(file: File): Promise<AudioFileAtome>;
  /** Takes the picture of a video alone; `importFile` takes its sound. */
  importVideo(file: File): Promise<MediaFileAtome>;
  /** Opens a project file beside what is there, as one step of undo; resolves to the project's id. */
  importProject(file: File): Promise<string>;
  /** The project in front with its history and sounds as one file, which lives until the next one is asked for. */
  exportProject(): Promise<File>;
}

declare global {
  interface Window {
    atome?: Atome;
  }
}

/** @throws AtomeError ERR_BAD_COMMAND for what a script gives in place of a file */
export function assertFile(file: unknown): asserts file is File {
  if (!(file instanceof File)) throw new AtomeError('ERR_BAD_COMMAND', 'file: must be a File');
}

/** @throws AtomeError ERR_BAD_COMMAND for what a script gives in place of an object with fields, or leaves out */
export function assertObject(name: string, value: unknown): asserts value is object {
  if (typeof value !== 'object' || value === null)
    throw new AtomeError('ERR_BAD_COMMAND', `${name}: must be an object`);
}

/** @throws AtomeError ERR_BAD_COMMAND for what cannot be called */
export function assertFunction(name: string, value: unknown): void {
  if (typeof value !== 'function') throw new AtomeError('ERR_BAD_COMMAND', `${name}: must be a function`);
}

/**
 * Puts `window.atome` in place at once: scripts await its `ready` before they use the rest, which appears with `open`.
 */
export function publishScripting(): {
  open(atome: Omit<Atome, 'ready' | 'version'>): void;
  fail(reason: unknown): void;
} {
  const { promise: ready, resolve, reject } = Promise.withResolvers<void>();
  // A page without scripts has nobody to hear of it; the page itself shows the failure.
  ready.catch(() => undefined);
  const surface = { version: import.meta.env.ATOME_VERSION ?? 'development', ready };
  window.atome = surface as Atome;
  return {
    open(atome) {
      Object.assign(surface, atome);
      resolve();
    },
    fail: reject,
  };
}
