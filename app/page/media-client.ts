// The page's line to the media worker.
import * as comlink from 'comlink';
import { decodeWhole } from '../media/decode-whole.ts';
import { type ErrorReport, errorReport } from '../protocol/errors.ts';
import type { MediaWorkerApi } from '../workers/media-api.ts';

export interface MediaClientOptions {
  readonly userId: string;
  readonly module: WebAssembly.Module;
  readonly onError: (report: ErrorReport) => void;
}

export function connectMedia({ userId, module, onError }: MediaClientOptions): comlink.Remote<MediaWorkerApi> {
  const thread = new Worker(new URL('../workers/media.ts', import.meta.url), { type: 'module', name: 'media' });
  thread.onerror = () => onError(errorReport('ERR_WORKER', 'media'));
  const worker = comlink.wrap<MediaWorkerApi>(thread);
  void worker.start({ userId, module }, comlink.proxy(decodeWhole));
  return worker;
}
