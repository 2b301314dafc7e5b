// The render worker: mixes in a second engine of its own, to memory, to a WAV file or into the store.
import '../pwa/trusted-types.ts';
import { expose, transfer } from 'comlink';
import { defined } from '../core/assert.ts';
import type { OpenSource } from '../engine/disk-files.ts';
import { renderFrames } from '../engine/offline-renderer.ts';
import { exportFormats } from '../engine/pcm-encoder.ts';
import { renderToMemory } from '../engine/render-to-memory.ts';
import { exportWav } from '../engine/wav-export.ts';
import { wavFrameBytes, wavHeader } from '../media/wav-header.ts';
import { sampleFormats } from '../protocol/engine-layout.ts';
import { storageError } from '../storage/storage-errors.ts';
import { openBlobTarget } from './blob-target.ts';
import { openExportTarget } from './export-target.ts';
import { life } from './life.ts';
import type { RenderWorkerApi } from './render-api.ts';
import { openSources } from './sources.ts';

let engine: { readonly module: WebAssembly.Module; readonly openSource: OpenSource } | undefined;
let user = '';
/** The lock that the tab holds as long as it exists. */
let tabLife = '';
let running = new AbortController();

const api: RenderWorkerApi = {
  life,

  async start({ userId, tab, module }) {
    user = userId;
    tabLife = tab;
    engine = { module, openSource: await openSources(userId, module) };
  },

  async renderTimeline(request, lanes, onProgress) {
    running = new AbortController();
    const result = await renderToMemory(
      {
        ...request,
        ...defined(engine, 'start'),
        signal: running.signal,
        onProgress: (fraction) => onProgress?.({ fraction, speed: 0 }),
      },
      lanes,
    );
    const all = [result.channels, ...Object.values(result.stems ?? {})].flat();
    return transfer(
      result,
      all.map((channel) => channel.buffer),
    );
  },

  async exportWav(request, onProgress) {
    running = new AbortController();
    const { format, channels, sampleRate } = request;
    const file = await openExportTarget(user, tabLife);
    try {
      await exportWav({
        ...request,
        ...defined(engine, 'start'),
        format: exportFormats[format],
        header: wavHeader({ format, channels, sampleRate, frames: renderFrames(request) }),
        write: file.write,
        onProgress,
        signal: running.signal,
      });
      return await file.finish();
    } catch (thrown) {
      await file.abort();
      throw storageError(thrown, 'ERR_EXPORT');
    }
  },

  async storeWav(request, onProgress) {
    running = new AbortController();
    const { channels, sampleRate } = request;
    const sound = { format: 'F32', channels, sampleRate, frames: renderFrames(request) } as const;
    const header = wavHeader(sound);
    const { module, openSource } = defined(engine, 'start');
    const target = await openBlobTarget({
      userId: user,
      module,
      shape: { ...sound, format: sampleFormats.F32, dataOffset: header.byteLength },
      bytes: header.byteLength + sound.frames * wavFrameBytes(sound),
    });
    try {
      const format = exportFormats.F32;
      const { signal } = running;
      await exportWav({ ...request, module, openSource, format, header, write: target.write, onProgress, signal });
      return await target.finish();
    } catch (thrown) {
      await target.abort();
      throw storageError(thrown, 'ERR_EXPORT');
    }
  },

  cancel() {
    running.abort();
  },
};

expose(api);
