// The audio engine as callers see it (SPEC 2) and the plain data that its backends are fed with.
import type { Disposer } from '../core/disposer.ts';
import type { CommandOf, CommandType } from '../protocol/commands.ts';
import type { AudioClipAtome, AudioFileAtome, TempoSegment } from '../protocol/kinds.ts';
import type { Retiming } from '../session/types.ts';
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
  /** Default true: follow actions and events act as they do live; false plays straight through. */
  readonly followActions?: boolean;
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

/** Where a timeline goes on at another tempo, and where it would have been then; in seconds. */
export interface Landing {
  readonly from: number;
  readonly to: number;
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

type CommandFields<C extends CommandType> = Omit<CommandOf<C>, 'cmd' | 'reqId'>;

export interface AudioEngine {
  readonly backend: BackendName;
  /** Starts the sound (needs a gesture where the browser asks for one); resolves when it runs. */
  init(context?: AudioContext): Promise<void>;
  shutdown(): Promise<void>;
  loadClip(clip: AudioClipAtome, file: AudioFileAtome): Promise<void>;
  updateClip(clip: AudioClipAtome): Promise<void>;
  removeClip(clipId: string): Promise<void>;
  /** @param ratio output duration by input duration. */
  updateClipTimeStretch(clipId: string, ratio: number, semitones: number): Promise<void>;
  setRoutingGraph(graph: CommandFields<'SET_ROUTING_GRAPH'>['graph']): Promise<void>;
  updateRoutingGraph(delta: CommandFields<'UPDATE_ROUTING'>['delta']): Promise<void>;
  scheduleAutomation(
    event: Omit<CommandFields<'SCHEDULE_AUTOMATION'>, 'timeline_id'>,
    options?: { readonly timeline_id?: string },
  ): Promise<void>;
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
  /** Whole frames at the file's own rate; of a stretched clip those of its stretched file. */
  readonly sourceStart: number;
  readonly sourceFrames: number;
  readonly fadeInFrames: number;
  readonly fadeOutFrames: number;
  readonly gain: number;
  readonly pan: number;
  readonly muted: boolean;
  /** Absent: it plays as it is. */
  readonly stretch?: ClipStretch;
  /** Where only a part of a clip is played; its own fades run as they do in the whole clip. */
  readonly cut?: ClipCut;
}

/** It plays a part of its stretched file, whose frame n is the file at n / ratio. */
export interface ClipStretch {
  /** Duration on the timeline by duration in the file. */
  readonly ratio: number;
  readonly semitones: number;
}

/** How a part of a clip was cut out of it, in frames at the file's own rate. */
export interface ClipCut {
  /** Frames of the whole clip before and after the part. */
  readonly before: number;
  readonly after: number;
  /** Fades of the cuts themselves; 0 where it is not cut. */
  readonly fadeIn: number;
  readonly fadeOut: number;
}

/** Where a metronome clicks. */
export interface EngineClicks {
  /** From the timeline's zero, ascending. */
  readonly seconds: Float64Array;
  /** 1 on a bar line; one per click. */
  readonly accents: Uint8Array;
}

/** What a trigger does, on the very frame it fires at. Seconds are positions on the timeline concerned. */
export type TriggerAction =
  /** The playhead goes on from another place of its own timeline. */
  | { readonly type: 'jump'; readonly seconds: number }
  /** To one of several places: the n-th firing since the start takes choice `choiceOf(seed, n, count)`. */
  | { readonly type: 'choose'; readonly seconds: readonly number[]; readonly seed: number }
  /** Its own timeline stops there. */
  | { readonly type: 'stop' }
  | { readonly type: 'play'; readonly timelineId: string; readonly seconds: number }
  | { readonly type: 'stopOther'; readonly timelineId: string }
  | { readonly type: 'seekOther'; readonly timelineId: string; readonly seconds: number }
  /** Nothing for the sound: the control side hears of it. */
  | { readonly type: 'notify' };

/**
 * What the audio thread does by itself when a playhead arrives somewhere by playing (not by a jump or a seek to that very
 * frame). It is part of the timeline's schedule: published with its clips, and as exact as they are.
 */
export interface EngineTrigger {
  /** Of the follow action, event or action clip it comes from (with a suffix where one makes several). */
  readonly id: string;
  readonly atSeconds: number;
  readonly action: TriggerAction;
  /** Fires at most so many times after each start of the timeline; absent: always. */
  readonly times?: number;
}

/** A trigger has fired. */
export interface TriggerFired {
  readonly id: string;
  readonly timelineId: string;
  /** Master frame. */
  readonly atFrame: number;
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
  /** All triggers of a timeline, in place of those it had. */
  | { readonly type: 'triggers'; readonly timelineId: string; readonly triggers: readonly EngineTrigger[] }
  /** All clicks of a timeline's metronome, in place of those it had. */
  | { readonly type: 'clicks'; readonly timelineId: string; readonly clicks: EngineClicks }
  /** Gain of the clicks of every timeline that plays; 0 is off. */
  | { readonly type: 'metronome'; readonly gain: number }
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
  /** Glides there audibly from where it stands; null: the hand has let go, and it stands where it was led. */
  scrub(timelineId: string, seconds: number | null): Promise<void>;
  /** What is applied from now on takes effect when the timeline lands, if it plays. */
  retime(timelineId: string): Retiming;
  position(timelineId: string): TimelinePosition;
  panic(): Promise<void>;
  /** Told of every trigger that fired, in order, at most some 20 ms late. */
  onTrigger(listener: (fired: TriggerFired) => void): Disposer;
}
