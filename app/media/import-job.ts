// What every way of importing needs: the file, where its progress goes, and when to stop.
import type { BlobInfo, BlobStore } from '../storage/types.ts';
import type { MediaKernel } from './media-kernel.ts';
import type { ProgressReporter } from './progress.ts';

export interface ImportJob {
  readonly file: File;
  readonly blobs: BlobStore;
  readonly kernel: MediaKernel;
  readonly progress: ProgressReporter;
  readonly signal: AbortSignal;
}

/** A sound that is stored, or was already. */
export interface StoredSound {
  readonly blob: BlobInfo;
  readonly existed: boolean;
  readonly nonFinite: number;
  readonly repaired: boolean;
}
