// What the page may ask of the render worker; one worker renders one thing at a time.
import type { EngineDelta, RenderResult } from '../engine/audio-engine.ts';
import type { StoredRender } from './blob-target.ts';
import type { LivingWorker } from './life.ts';

export interface RenderRequest {
  readonly deltas: readonly EngineDelta[];
  readonly timelineId: string;
  /** Seconds of timeline time. */
  readonly from: number;
  readonly to: number;
  /** Hz. */
  readonly sampleRate: number;
  /** 1 or 2. */
  readonly channels: number;
  /** Default true. */
  readonly followActions?: boolean;
}

export interface ExportRequest extends RenderRequest {
  readonly format: 'I16' | 'I24' | 'F32';
}

export interface RenderProgress {
  /** 0 to 1. */
  readonly fraction: number;
  /** How many times faster than real time; 0 while it is not known. */
  readonly speed: number;
}

/** Callbacks are comlink proxies. */
export interface RenderWorkerApi extends LivingWorker {
  /** @param options.tab the name of the lock that its tab holds as long as it exists */
  start(options: { readonly userId: string; readonly tab: string; readonly module: WebAssembly.Module }): Promise<void>;
  /** @param lanes lane of each clip by its id: also renders each lane alone */
  renderTimeline(
    request: RenderRequest,
    lanes?: Readonly<Record<string, string>>,
    onProgress?: (progress: RenderProgress) => void,
  ): Promise<RenderResult>;
  /**
   * Streams a WAV into a temporary file, which lives until the tab's next export. @throws AtomeError ERR_EXPORT_CANCELLED, ERR_DISK_FULL, ERR_EXPORT; then nothing of it is left.
   */
  exportWav(request: ExportRequest, onProgress: (progress: RenderProgress) => void): Promise<File>;
  /** Streams a float WAV into the store. @throws AtomeError as exportWav does; then nothing of it is left. */
  storeWav(request: RenderRequest, onProgress: (progress: RenderProgress) => void): Promise<StoredRender>;
  /** Ends what is running with ERR_EXPORT_CANCELLED. */
  cancel(): void;
}
