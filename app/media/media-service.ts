// The media worker's service: imports of any sound file, peaks and samples for drawing.
import { headerStatus } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import { storageError } from '../storage/storage-errors.ts';
import type { BlobStore } from '../storage/types.ts';
import { importAiff } from './import-aiff.ts';
import { type DecodeWhole, importDecoded } from './import-decoded.ts';
import type { ImportJob, StoredSound } from './import-job.ts';
import { importWav } from './import-wav.ts';
import type { MediaKernel } from './media-kernel.ts';
import { OnsetStore } from './onset-store.ts';
import { PeakStore } from './peak-store.ts';
import { ProgressReporter } from './progress.ts';
import { isReadFailure } from './read-failure.ts';
import { readSamples } from './read-samples.ts';
import { headerFailure, readSoundHeader } from './sound-header.ts';
import { soundName } from './sound-name.ts';
import { TaskQueue } from './task-queue.ts';
import type { ImportProgress, ImportResult, MediaService } from './types.ts';

const importsAtOnce = 2;

export interface MediaServiceOptions {
  readonly blobs: BlobStore;
  readonly kernel: MediaKernel;
  readonly decodeWhole: DecodeWhole;
}

export function createMediaService({ blobs, kernel, decodeWhole }: MediaServiceOptions): MediaService {
  const queue = new TaskQueue(importsAtOnce);
  const peaks = new PeakStore(blobs, kernel);
  const onsets = new OnsetStore(blobs, kernel);
  const running = new Map<string, AbortController>();

  const store = async (job: ImportJob): Promise<StoredSound> => {
    const header = await readSoundHeader(kernel, job.file);
    switch (header.status) {
      case headerStatus.OK:
        return header.container === 'wav' ? importWav(job, header, peaks) : importAiff(job, header, peaks);
      case headerStatus.UNKNOWN:
      case headerStatus.UNSUPPORTED:
        return importDecoded(job, peaks, decodeWhole, headerFailure(header));
      default:
        throw new AtomeError(headerFailure(header));
    }
  };

  const importFile = async (
    importId: string,
    file: File,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<ImportResult> => {
    const controller = new AbortController();
    const { signal } = controller;
    const progress = new ProgressReporter(importId, file.name, onProgress);
    running.set(importId, controller);
    progress.report('reading', 0);
    try {
      const stored = await queue.run(signal, () => store({ file, blobs, kernel, progress, signal }));
      progress.report('done', 1);
      return { ...stored, name: soundName(file.name) };
    } catch (thrown) {
      const failure = signal.aborted ? new AtomeError('ERR_IMPORT_CANCELLED') : failureOf(thrown);
      progress.report(signal.aborted ? 'cancelled' : 'failed', progress.fraction, failure.report);
      throw failure;
    } finally {
      running.delete(importId);
    }
  };

  return {
    importFile,
    cancelImport: async (importId) => running.get(importId)?.abort(),
    readSamples: (hash, start, frames) => readSamples(blobs, kernel, hash, start, frames),
    peaks: (hash) => peaks.get(hash),
    onsets: (hash, onProgress) => onsets.get(hash, onProgress),
    cancelOnsets: async (hash) => onsets.cancel(hash),
  };
}

function failureOf(thrown: unknown): AtomeError {
  if (thrown instanceof AtomeError) return thrown;
  if (isReadFailure(thrown)) return new AtomeError('ERR_FILE_VANISHED');
  return storageError(thrown, 'ERR_FILE_DAMAGED');
}
