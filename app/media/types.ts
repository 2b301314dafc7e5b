// What the media worker offers: imports, exports of samples for drawing, and the words of their progress.
import type { SoundOnsets } from '../core/onset-format.ts';
import type { ErrorReport } from '../protocol/errors.ts';
import type { BlobInfo } from '../storage/types.ts';

export interface ImportProgress {
  /** Chosen by the caller. */
  readonly importId: string;
  readonly name: string;
  readonly stage: 'reading' | 'decoding' | 'storing' | 'done' | 'failed' | 'cancelled';
  /** 0 to 1. */
  readonly fraction: number;
  readonly error?: ErrorReport;
}

export interface ImportResult {
  readonly blob: BlobInfo;
  readonly existed: boolean;
  /** File name without its extension. */
  readonly name: string;
  /** Samples that were NaN or infinite and are played as silence. */
  readonly nonFinite: number;
  /** The header's sizes were wrong and the real length was used. */
  readonly repaired: boolean;
}

export interface MediaService {
  /** Several may run at once. @throws AtomeError of the 5000s or 1000s; then nothing of it is stored. */
  importFile(importId: string, file: File, onProgress: (progress: ImportProgress) => void): Promise<ImportResult>;
  cancelImport(importId: string): Promise<void>;
  /** Planar float32 of [start, start + frames), clipped to the file. For drawing at sample level. */
  readSamples(hash: string, start: number, frames: number): Promise<Float32Array[]>;
  /** The peak pyramid's file, computed first when it is missing. */
  peaks(hash: string): Promise<File>;
  /**
   * Onsets and tempo of a stored sound, computed first when they are missing; `onProgress` then gets fractions of 1.
   * @throws AtomeError ERR_NOT_FOUND, ERR_ANALYSIS_CANCELLED
   */
  onsets(hash: string, onProgress?: (fraction: number) => void): Promise<SoundOnsets>;
  /** Ends the computation of a sound's onsets for all who wait for them. */
  cancelOnsets(hash: string): Promise<void>;
}

/** A video as its container describes it. */
export interface VideoDescription {
  readonly mime: string;
  /** Seconds. */
  readonly duration: number;
  /** Pixels, as it is to be shown. */
  readonly width: number;
  readonly height: number;
  /** Whether it has a sound track. */
  readonly hasSound: boolean;
}

export interface VideoImport {
  readonly hash: string;
  readonly bytes: number;
  readonly existed: boolean;
}

export interface VideoService {
  /** undefined for what is no video. @throws AtomeError ERR_FILE_VANISHED */
  describeVideo(file: Blob): Promise<VideoDescription | undefined>;
  /** @throws AtomeError of the 5000s or 1000s; then nothing of it is stored. */
  storeVideo(
    importId: string,
    file: File,
    mime: string,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<VideoImport>;
  cancelImport(importId: string): Promise<void>;
}
