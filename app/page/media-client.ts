// The page's line to the media worker.
import type * as comlink from 'comlink';
import { proxy } from 'comlink';
import { decodeWhole } from '../media/decode-whole.ts';
import { AtomeError, type ErrorReport } from '../protocol/errors.ts';
import type { MediaWorkerApi } from '../workers/media-api.ts';
import { openWorkerLine } from './worker-line.ts';

export interface MediaClientOptions {
  readonly userId: string;
  readonly module: WebAssembly.Module;
  readonly onError: (report: ErrorReport) => void;
}

export function connectMedia({ userId, module, onError }: MediaClientOptions): comlink.Remote<MediaWorkerApi> {
  const thread = new Worker(new URL('../workers/media.ts', import.meta.url), { type: 'module', name: 'media' });
  const worker = openWorkerLine<MediaWorkerApi>(thread, {
    failure: new AtomeError('ERR_WORKER', 'media'),
    onTrouble: onError,
  });
  // Whoever asks for something hears why it did not start.
  worker.start({ userId, module }, proxy(decodeWhole)).catch(() => undefined);
  return worker;
}
