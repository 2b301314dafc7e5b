// What every client sees: the application state, its patches and the replies to commands.
import type { ErrorReport } from './errors.ts';
import type { AtomeObject } from './kinds.ts';

export const PROTOCOL_VERSION = 2;

/** The running side of a timeline; its stored side is its TimelineAtome. */
export interface TimelineState {
  readonly playing: boolean;
  /** Where it stands or was started from, in its timebase; while it plays the features tell the position. */
  readonly position: number;
  /** What PLAY_MARKER_SEGMENT plays, in the timebase; null while the timeline plays as a whole. */
  readonly segment: { readonly start: number; readonly end: number; readonly loop: boolean } | null;
}

/** The answer to TIMELINE_GET_STATE. */
export interface TimelineReport {
  readonly timeline_id: string;
  readonly playing: boolean;
  /** Now, in the timeline's timebase. */
  readonly position: number;
  readonly seconds: number;
  readonly beats: number;
  /** Quarter notes per minute there. */
  readonly bpm: number;
  readonly loop: { readonly start: number; readonly end: number } | null;
  readonly segment: TimelineState['segment'];
}

export interface AppState {
  readonly meta: {
    readonly revisionId: number;
    /** Milliseconds since 1970. */
    readonly serverTime: number;
    readonly mode: 'NORMAL' | 'SAFE_MODE';
    readonly version: string;
    /** The last revision that is on disk. */
    readonly savedRevisionId: number;
  };
  readonly transport: {
    readonly bpm: number;
    readonly isPlaying: boolean;
    /** 0 to 1 within the bar of the active timeline, where it stands or was started from. */
    readonly barPhase: number;
    readonly masterGain: number;
    readonly metronome: { readonly enabled: boolean; readonly gain: number };
  };
  readonly system: {
    /** 0 to 1, in steps of 0.05. */
    readonly cpuLoad: number;
    /** 0 to 1: how full the queue of edits that wait for the disk is. */
    readonly diskBufferUsage: number;
    /** In steps of 16. */
    readonly memoryUsageMB: number;
  };
  readonly activeProjectId: string | null;
  readonly activeTimelineId: string | null;
  /** Every living object by id. */
  readonly objects: Readonly<Record<string, AtomeObject>>;
  readonly timelines: Readonly<Record<string, TimelineState>>;
  readonly history: {
    readonly undoLabel: string | null;
    readonly redoLabel: string | null;
    readonly undoDepth: number;
    readonly redoDepth: number;
  };
}

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** RFC 6902; only these three operations are ever sent. */
export type JsonPatchOp =
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }
  | { readonly op: 'remove'; readonly path: string };

export interface StatePatch {
  readonly ops: readonly JsonPatchOp[];
  readonly revId: number;
}

export type CommandReply =
  | {
      readonly ok: true;
      readonly revId: number;
      readonly reqId?: string;
      /** Ids of the objects the command made, in order. */
      readonly created?: readonly string[];
      /** The answer of a question (GET_FULL_STATE, GET_METRICS_HISTORY). */
      readonly result?: unknown;
    }
  | { readonly ok: false; readonly error: ErrorReport; readonly reqId?: string };

/** A step of the history as it is listed. */
export interface HistoryEntry {
  readonly label: string;
  /** When it was done: milliseconds since 1970. */
  readonly time: number;
  /** 1 for the first step ever; undoing down to `depth` keeps the steps up to it. */
  readonly depth: number;
  readonly undone: boolean;
}

/** Something a timeline asked the page to do: show, animate, start a video, run a script. */
export interface Cue {
  /** The TimelineEventAtome or ActionClipAtome. */
  readonly id: string;
  readonly timelineId: string;
  /** Master frame at which it was due. */
  readonly atFrame: number;
  /** Seconds into an action clip whose events are due; without it the whole clip is to be played, from then on. */
  readonly offset?: number;
}

/** Hybrid logical clock: milliseconds since 1970, then a counter within the millisecond. */
export interface LogicalTime {
  readonly wall: number;
  readonly counter: number;
}

/** One past value of one property. */
export interface PropertyVersion {
  readonly objectId: string;
  readonly property: string;
  /** undefined as JSON null plus `absent`: the property did not exist. */
  readonly value: unknown;
  readonly absent: boolean;
  readonly time: LogicalTime;
  readonly device: string;
  readonly author: string;
  readonly transactionId: string;
  /** The transaction whose version it took the place of; null for the first one. */
  readonly parent: string | null;
}
