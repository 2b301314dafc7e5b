// Starts the real media worker over a fresh store, for tests in Chromium.
import { proxy, type Remote, wrap } from 'comlink';
import engineUrl from '../../../build/engine.wasm?url';
import type { MediaWorkerApi } from '../../workers/media-api.ts';
import { decodeWhole } from '../decode-whole.ts';

export interface RunningMedia {
  readonly media: Remote<MediaWorkerApi>;
  readonly userId: string;
  stop(): void;
}

export const engineModule = (): Promise<WebAssembly.Module> => WebAssembly.compileStreaming(fetch(engineUrl));

export async function startMedia(userId: string = crypto.randomUUID()): Promise<RunningMedia> {
  const module = await engineModule();
  const worker = new Worker(new URL('../../workers/media.ts', import.meta.url), { type: 'module' });
  const media = wrap<MediaWorkerApi>(worker);
  await media.start({ userId, module }, proxy(decodeWhole));
  return { media, userId, stop: () => worker.terminate() };
}
