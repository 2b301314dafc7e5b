// Everything the views may ask for; app/main.tsx provides it, tests provide their own.
import { createContext, useContext } from 'solid-js';
import { defined } from '../core/assert.ts';
import type { Disposer } from '../core/disposer.ts';
import type { SoundOnsets } from '../core/onset-format.ts';
import type { EngineStatus, TimelinePosition } from '../engine/audio-engine.ts';
import type { ImportProgress } from '../media/types.ts';
import type { Command } from '../protocol/commands.ts';
import type { ErrorReport } from '../protocol/errors.ts';
import type { LogEntry } from '../protocol/log.ts';
import type { AppState, CommandReply, Cue, HistoryEntry, PropertyVersion } from '../protocol/state.ts';

/** 60 Hz data, read from shared memory in the one animation-frame loop; never put into signals. */
export interface FeatureReader {
  position(timelineId: string): TimelinePosition;
  master(): { readonly peak: readonly [number, number]; readonly rms: readonly [number, number] };
  clip(clipId: string): { readonly peak: number; readonly rms: number } | undefined;
}

/** What is seen and known of sounds. All resolve from caches where they can. */
export interface WaveformSource {
  /** The peak pyramid's file. */
  peaks(hash: string): Promise<File>;
  samples(hash: string, start: number, frames: number): Promise<Float32Array[]>;
  /** Attacks and tempo of a sound. */
  onsets(hash: string): Promise<SoundOnsets>;
  /** Ends the search for them; who waits for it hears ERR_ANALYSIS_CANCELLED. */
  cancelOnsets(hash: string): Promise<void>;
}

export type ExportFormat = 'I16' | 'I24' | 'F32';

export interface ExportProgress {
  /** 0 to 1. */
  readonly fraction: number;
  /** How many times faster than real time. */
  readonly speed: number;
}

export interface Notice {
  readonly id: string;
  readonly kind: 'error' | 'warning' | 'info';
  readonly text: string;
  /** The error's code, in small print. */
  readonly code?: number;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** What a file from outside has become: an AudioFileAtome, a MediaFileAtome, or for videos with sound both. */
export interface ImportedFile {
  readonly soundId?: string;
  readonly videoId?: string;
}

export interface AtomeClient {
  /** A Solid store kept by patches; read it reactively, never write it. */
  readonly state: AppState;
  dispatch(command: Command): Promise<CommandReply>;
  /** Dispatches and shows a toast when it is refused. */
  run(command: Command): Promise<CommandReply>;
  readonly features: FeatureReader;
  readonly waveforms: WaveformSource;
  /** Signals. */
  imports(): readonly ImportProgress[];
  notices(): readonly Notice[];
  engineStatus(): EngineStatus;
  /** The sound comes from another tab of this browser; `takeOver` brings it here. */
  soundElsewhere(): boolean;
  installable(): boolean;
  updateReady(): boolean;
  online(): boolean;
  /** Imports sounds and videos; resolves to what they have become, in the order of the files; failures are notices. */
  importFiles(files: readonly File[]): Promise<ImportedFile[]>;
  /** The bytes of a MediaFileAtome. @throws AtomeError ERR_NOT_FOUND */
  videoFile(hash: string): Promise<File>;
  /** Hears what timelines ask for on their way, besides sound. */
  onCue(listener: (cue: Cue) => void): Disposer;
  cancelImport(importId: string): void;
  exportMix(
    timelineId: string,
    format: ExportFormat,
    sampleRate: number,
    onProgress: (progress: ExportProgress) => void,
    signal: AbortSignal,
    /** Seconds of timeline time; the whole timeline without it. */
    range?: { readonly from: number; readonly to: number },
  ): Promise<void>;
  /**
   * Renders sounds and lets the renders, one per lane, play in their place; hears fractions of 1.
   * @returns the clips that stand for them: none when it was cancelled or, which is then told, failed.
   */
  freezeClips(
    clipIds: readonly string[],
    onProgress: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** The person's id: the author of what they do. */
  readonly userId: string;
  /** Every value a property ever had, oldest first. */
  history(objectId: string, property: string): Promise<PropertyVersion[]>;
  /** Steps of the history, at most so many to either side of now, newest first. */
  steps(limit: number): Promise<HistoryEntry[]>;
  exportProject(): Promise<void>;
  createDemo(): Promise<void>;
  takeOver(): void;
  /** Starts the AudioContext; call it inside a gesture. */
  startSound(): Promise<void>;
  notify(notice: Omit<Notice, 'id'>): void;
  report(error: ErrorReport): void;
  dismiss(noticeId: string): void;
  install(): Promise<void>;
  applyUpdate(): void;
  logs(): Promise<readonly LogEntry[]>;
  downloadLogs(): Promise<void>;
}

export const ClientContext = createContext<AtomeClient>();

export const useClient = (): AtomeClient => defined(useContext(ClientContext), 'ClientContext');
