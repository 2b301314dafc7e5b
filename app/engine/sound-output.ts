// The main thread's half of a backend: the audio context, what it reports and the 60 Hz data for the views.
import type { BackendName, EngineStatus, TimelinePosition } from './audio-engine.ts';

/** 60 Hz data; reading it never waits and never allocates more than its answer. */
export interface FeatureSource {
  /** Where the timeline is as it is heard now. */
  position(timelineId: string): TimelinePosition;
  master(): { readonly peak: readonly [number, number]; readonly rms: readonly [number, number] };
  clip(clipId: string): { readonly peak: number; readonly rms: number } | undefined;
}

export interface SoundOutput {
  readonly backend: BackendName;
  readonly features: FeatureSource;
  /** Starts the sound, or starts it again; call it inside a gesture. Resolves when it runs. */
  start(context?: AudioContext): Promise<void>;
  /** Ends the sound; `start` brings it back. */
  shutdown(): Promise<void>;
  status(): EngineStatus;
}
