// The render worker: mixes in a second engine of its own, to memory or to a WAV file.
import { expose, transfer } from 'comlink';
import { defined } from '../core/assert.ts';
import type { OpenSource } from '../engine/disk-files.ts';
import { renderFrames } from '../engine/offline-renderer.ts';
import { exportFormats } from '../engine/pcm-encoder.ts';
import { renderToMemory } from '../engine/render-to-memory.ts';
import { exportWav } from '../engine/wav-export.ts';
import { wavHeader } from '../media/wav-header.ts';
import { storageError } from '../storage/storage-errors.ts';
import { openExportTarget } from './export-target.ts';
import { life } from './life.ts';
import type { RenderWorkerApi } from './render-api.ts';
import { openSources } from './sources.ts';

let engine: { readonly module: WebAssembly.Module; readonly openSource: OpenSource } | undefined;
let owner = '';
let running = new AbortController();

const api: RenderWorkerApi = {
  life,

  async start({ userId, module }) {
    owner = userId;
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
    const file = await openExportTarget(owner);
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

  cancel() {
    running.abort();
  },
};

expose(api);
