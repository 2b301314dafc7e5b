// The audio engine as callers see it (SPEC 2) and the plain data that its backends are fed with.
import type { AudioClipAtome, AudioFileAtome, TempoSegment } from '../protocol/kinds.ts';
import type { BlobInfo } from '../storage/types.ts';

export type BackendName = 'wasm' | 'webaudio';

export interface RenderOptions {
  /** Seconds of timeline time. */
  readonly from: number;
  readonly to: number;
  /** Hz; default 48000. */
  readonly sampleRate?: number;
  /** 1 (mono: half the sum of left and right) or 2, the default. */
  readonly channels?: number;
  /** true: also one render per lane (group id, or `ungrouped`). */
  readonly stems?: boolean;
}

export interface RenderResult {
  readonly sampleRate: number;
  readonly channels: Float32Array[];
  readonly stems?: Record<string, Float32Array[]>;
}

export interface TimelinePosition {
  readonly playing: boolean;
  /** Seconds from the timeline's zero. */
  readonly seconds: number;
  /** Frames at the context's rate. */
  readonly frame: number;
}

export interface EngineStatus {
  readonly backend: BackendName;
  readonly contextState: 'none' | 'suspended' | 'running' | 'closed' | 'interrupted';
  readonly sampleRate: number;
  /** Seconds. */
  readonly baseLatency: number;
  readonly outputLatency: number;
  readonly masterFrame: number;
  /** 0 to 1: share of the time a quantum may take. */
  readonly load: number;
  /** Times the device ran dry, as the browser counts them. */
  readonly underruns: number;
  readonly starvedFrames: number;
  readonly pagesResident: number;
  readonly pagesTotal: number;
  readonly activeVoices: number;
  readonly memoryBytes: number;
}

export interface AudioEngine {
  readonly backend: BackendName;
  /** Starts the sound (needs a gesture where the browser asks for one); resolves when it runs. */
  init(context?: AudioContext): Promise<void>;
  shutdown(): Promise<void>;
  loadClip(clip: AudioClipAtome, file: AudioFileAtome): Promise<void>;
  updateClip(clip: AudioClipAtome): Promise<void>;
  removeClip(clipId: string): Promise<void>;
  /** From `start` in the timeline's timebase, else from where it stands. */
  playTimeline(id: string, options?: { readonly start?: number }): Promise<void>;
  stopTimeline(id: string): Promise<void>;
  /** Positions in the timeline's timebase, or a marker's id. */
  seekTimeline(id: string, position: number | { type: 'time' | 'marker'; value: number | string }): Promise<void>;
  setTempo(id: string, bpm: number): Promise<void>;
  setTempoSegments(id: string, segments: TempoSegment[]): Promise<void>;
  /** In the timeline's timebase; null switches looping off. */
  setLoop(id: string, range: { start: number; end: number } | null): Promise<void>;
  getTimelineState(id: string): Promise<TimelinePosition>;
  renderTimeline(id: string, options: RenderOptions): Promise<RenderResult>;
  getState(): Promise<EngineStatus>;
  getLastError(): Promise<string | null>;
  panic(): Promise<void>;
  /** Records the master output as it is played, with the master frame of its first sample; for tests and capture. */
  recordOutput(frames: number): Promise<{ startFrame: number; channels: Float32Array[] }>;
}

/** A clip as a backend needs it: resolved to seconds and source frames, solo and groups folded into `muted` and `gain`. */
export interface EngineClip {
  readonly id: string;
  readonly timelineId: string;
  readonly hash: string;
  readonly startSeconds: number;
  /** Frames at the file's own rate. */
  readonly sourceStart: number;
  readonly sourceFrames: number;
  readonly fadeInFrames: number;
  readonly fadeOutFrames: number;
  readonly gain: number;
  readonly pan: number;
  readonly muted: boolean;
}

/** What changed for the engine; derived from transactions by app/engine/deltas.ts. */
export type EngineDelta =
  | {
      readonly type: 'clip';
      readonly clip: EngineClip;
      readonly blob: Pick<BlobInfo, 'hash' | 'channels' | 'sampleRate' | 'frames'>;
    }
  | { readonly type: 'removeClip'; readonly clipId: string }
  | { readonly type: 'loop'; readonly timelineId: string; readonly range: { start: number; end: number } | null }
  | { readonly type: 'removeTimeline'; readonly timelineId: string }
  | { readonly type: 'masterGain'; readonly gain: number };

/** What the session drives: the control side of the WASM engine, or the fallback on native nodes. */
export interface EngineBackend {
  readonly name: BackendName;
  /** Applies all of them as one change to what is heard. */
  apply(deltas: readonly EngineDelta[]): Promise<void>;
  /** Seconds. Resolves when the command is on its way, with what it needs resident. */
  play(timelineId: string, seconds: number): Promise<void>;
  stop(timelineId: string): Promise<void>;
  seek(timelineId: string, seconds: number): Promise<void>;
  position(timelineId: string): TimelinePosition;
  panic(): Promise<void>;
}
