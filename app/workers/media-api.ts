// What the page may ask of the media worker.
import type { DecodeWhole } from '../media/import-decoded.ts';
import type { MediaService, VideoService } from '../media/types.ts';
import type { LivingWorker } from './life.ts';

export interface MediaWorkerApi extends MediaService, VideoService, LivingWorker {
  /** The first call; the others wait for it. Callbacks are comlink proxies. */
  start(options: { readonly userId: string; readonly module: WebAssembly.Module }, decodeWhole: DecodeWhole): void;
}
