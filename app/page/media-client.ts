// The page's line to the media worker, which is made when somebody first asks for something, or ahead of that.
import { proxy, type Remote } from 'comlink';
import { decodeWhole } from '../media/decode-whole.ts';
import type { MediaService, VideoService } from '../media/types.ts';
import { AtomeError, type ErrorReport } from '../protocol/errors.ts';
import type { MediaWorkerApi } from '../workers/media-api.ts';
import { openWorkerLine } from './worker-line.ts';

export interface MediaClientOptions {
  readonly userId: string;
  readonly module: WebAssembly.Module;
  readonly onError: (report: ErrorReport) => void;
}

export interface MediaClient extends MediaService, VideoService {
  /** Makes the worker now, so that the first import need not wait for it. */
  start(): void;
}

export function connectMedia(options: MediaClientOptions): MediaClient {
  let started: Remote<MediaWorkerApi> | undefined;
  const worker = (): Remote<MediaWorkerApi> => {
    started ??= startWorker(options);
    return started;
  };
  return {
    start: () => void worker(),
    importFile: async (importId, file, onProgress) => worker().importFile(importId, file, proxy(onProgress)),
    cancelImport: async (importId) => started?.cancelImport(importId),
    describeVideo: async (file) => worker().describeVideo(file),
    storeVideo: async (importId, file, mime, onProgress) =>
      worker().storeVideo(importId, file, mime, proxy(onProgress)),
    readSamples: async (hash, start, frames) => worker().readSamples(hash, start, frames),
    peaks: async (hash) => worker().peaks(hash),
    onsets: async (hash, onProgress) => worker().onsets(hash, onProgress && proxy(onProgress)),
    cancelOnsets: async (hash) => started?.cancelOnsets(hash),
  };
}

function startWorker({ userId, module, onError }: MediaClientOptions): Remote<MediaWorkerApi> {
  const thread = new Worker(new URL('../workers/media.ts', import.meta.url), { type: 'module', name: 'media' });
  const worker = openWorkerLine<MediaWorkerApi>(thread, {
    failure: new AtomeError('ERR_WORKER', 'media'),
    onTrouble: onError,
  });
  // Whoever asks for something hears why it did not start.
  worker.start({ userId, module }, proxy(decodeWhole)).catch(() => undefined);
  return worker;
}
