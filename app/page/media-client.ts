// The page's line to the media worker, which is made when somebody first asks for something, or ahead of that.
import { proxy, type Remote } from 'comlink';
import { decodeWhole } from '../media/decode-whole.ts';
import type { MediaService, VideoService } from '../media/types.ts';
import { AtomeError, type ErrorReport } from '../protocol/errors.ts';
import type { MediaWorkerApi } from '../workers/media-api.ts';
import { openWorkerLine } from './worker-line.ts';

export interface MediaClientOptions {
  readonly userId: string;
  readonly module: Promise<WebAssembly.Module>;
  readonly onError: (report: ErrorReport) => void;
}

export interface MediaClient extends MediaService, VideoService {
  /** Makes the worker now, so that the first import need not wait for it. */
  start(): void;
}

export function connectMedia(options: MediaClientOptions): MediaClient {
  let started: Promise<Remote<MediaWorkerApi>> | undefined;
  const worker = (): Promise<Remote<MediaWorkerApi>> => {
    started ??= startWorker(options);
    return started;
  };
  return {
    start: () => void worker().catch(() => undefined),
    importFile: async (importId, file, onProgress) => (await worker()).importFile(importId, file, proxy(onProgress)),
    cancelImport: async (importId) => (await started)?.cancelImport(importId),
    describeVideo: async (file) => (await worker()).describeVideo(file),
    storeVideo: async (importId, file, mime, onProgress) =>
      (await worker()).storeVideo(importId, file, mime, proxy(onProgress)),
    readSamples: async (hash, start, frames) => (await worker()).readSamples(hash, start, frames),
    peaks: async (hash) => (await worker()).peaks(hash),
    onsets: async (hash, onProgress) => (await worker()).onsets(hash, onProgress && proxy(onProgress)),
    cancelOnsets: async (hash) => (await started)?.cancelOnsets(hash),
  };
}

async function startWorker({ userId, module, onError }: MediaClientOptions): Promise<Remote<MediaWorkerApi>> {
  const thread = new Worker(new URL('../workers/media.ts', import.meta.url), { type: 'module', name: 'media' });
  const worker = openWorkerLine<MediaWorkerApi>(thread, {
    failure: new AtomeError('ERR_WORKER', 'media'),
    onTrouble: onError,
  });
  // Whoever asks for something hears why it did not start.
  worker.start({ userId, module: await module }, proxy(decodeWhole)).catch(() => undefined);
  return worker;
}
