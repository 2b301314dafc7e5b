// `window.atome`: the surface for scripts and tests. Names and fields are promises; extend, never rename.
import type { AudioEngine } from '../engine/audio-engine.ts';
import type { Command, CommandOf } from '../protocol/commands.ts';
import type { AtomeObject, AudioFileAtome } from '../protocol/kinds.ts';
import type { AppState, CommandReply, PropertyVersion, StatePatch } from '../protocol/state.ts';
import type { BlobService } from './blob-service.ts';

type Fields<T extends { cmd: string }> = Omit<T, 'cmd' | 'reqId'>;

/** SPEC 8 and 9: each method is one command; refusals are in the reply. */
export interface TimelineService {
  createTimeline(fields: Fields<CommandOf<'CREATE_TIMELINE'>>): Promise<CommandReply>;
  addClip(fields: Fields<CommandOf<'ADD_CLIP'>>): Promise<CommandReply>;
  removeClip(clipId: string): Promise<CommandReply>;
  moveClip(clipId: string, playPosition: number, timelineId?: string): Promise<CommandReply>;
  trimClip(fields: Fields<CommandOf<'TRIM_CLIP'>>): Promise<CommandReply>;
  splitClip(clipId: string, position: number): Promise<CommandReply>;
  joinClips(first: string, second: string): Promise<CommandReply>;
  groupClips(clipIds: string[], groupId: string | null): Promise<CommandReply>;
  play(timelineId: string, start?: CommandOf<'TIMELINE_PLAY'>['start']): Promise<CommandReply>;
  stop(timelineId: string): Promise<CommandReply>;
  seek(timelineId: string, to: CommandOf<'TIMELINE_SEEK'>['to']): Promise<CommandReply>;
}

export interface Atome {
  readonly version: string;
  /** Session loaded and engine chosen; needs no gesture. */
  readonly ready: Promise<void>;
  readonly services: {
    readonly audioEngine: AudioEngine;
    readonly timelines: TimelineService;
    readonly blobs: BlobService;
  };
  readonly session: {
    dispatch(command: Command): Promise<CommandReply>;
    getState(): Promise<AppState>;
    subscribe(listener: (patch: StatePatch) => void): () => void;
    objects(kind?: string): Promise<AtomeObject[]>;
    history(objectId: string, property: string): Promise<PropertyVersion[]>;
  };
  importFile(file: File): Promise<AudioFileAtome>;
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

export function createTimelineService(dispatch: (command: Command) => Promise<CommandReply>): TimelineService {
  return {
    createTimeline: (fields) => dispatch({ cmd: 'CREATE_TIMELINE', ...fields }),
    addClip: (fields) => dispatch({ cmd: 'ADD_CLIP', ...fields }),
    removeClip: (clipId) => dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [clipId] }),
    moveClip: (clipId, playPosition, timelineId) =>
      dispatch({
        cmd: 'MOVE_CLIP',
        clip_id: clipId,
        play_position: playPosition,
        ...(timelineId === undefined ? {} : { timeline_id: timelineId }),
      }),
    trimClip: (fields) => dispatch({ cmd: 'TRIM_CLIP', ...fields }),
    splitClip: (clipId, position) => dispatch({ cmd: 'SPLIT_CLIP', clip_id: clipId, position }),
    joinClips: (first, second) => dispatch({ cmd: 'JOIN_CLIPS', clip_ids: [first, second] }),
    groupClips: (clipIds, groupId) => dispatch({ cmd: 'GROUP_CLIPS', clip_ids: clipIds, group_id: groupId }),
    play: (timelineId, start) =>
      dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId, ...(start === undefined ? {} : { start }) }),
    stop: (timelineId) => dispatch({ cmd: 'TIMELINE_STOP', timeline_id: timelineId }),
    seek: (timelineId, to) => dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to }),
  };
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
