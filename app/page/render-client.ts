// Renders in a worker of its own, one per job, so that a cancelled or failed one leaves nothing behind.
import * as comlink from 'comlink';
import type { RenderOptions, RenderResult } from '../engine/audio-engine.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { StoredRender } from '../workers/blob-target.ts';
import type { ExportRequest, RenderProgress, RenderRequest, RenderWorkerApi } from '../workers/render-api.ts';
import type { SessionClient } from './session-client.ts';
import { openWorkerLine } from './worker-line.ts';

export interface RenderClientOptions {
  readonly session: SessionClient;
  readonly module: Promise<WebAssembly.Module>;
  readonly userId: string;
  /** The name of the lock that this tab holds as long as it exists. */
  readonly tab: string;
}

export interface RenderClient {
  render(timelineId: string, options: RenderOptions): Promise<RenderResult>;
  exportWav(
    timelineId: string,
    request: Pick<ExportRequest, 'format' | 'sampleRate'> & {
      readonly range?: { readonly from: number; readonly to: number };
    },
    onProgress: (progress: RenderProgress) => void,
    signal: AbortSignal,
  ): Promise<File>;
  /** Keeps the render as a sound of the store; hears fractions of 1. @throws AtomeError ERR_EXPORT_CANCELLED, ERR_DISK_FULL, ERR_EXPORT */
  store(request: RenderRequest, onProgress: (fraction: number) => void, signal: AbortSignal): Promise<StoredRender>;
}

const lowestRate = 8000;
const highestRate = 192_000;

export function createRenderClient({ session, module, userId, tab }: RenderClientOptions): RenderClient {
  async function inWorker<Value>(job: (worker: comlink.Remote<RenderWorkerApi>) => Promise<Value>): Promise<Value> {
    const thread = new Worker(new URL('../workers/render.ts', import.meta.url), { type: 'module', name: 'render' });
    try {
      const worker = openWorkerLine<RenderWorkerApi>(thread, {
        failure: new AtomeError('ERR_RENDER', 'its worker ended'),
      });
      await worker.start({ userId, tab, module: await module });
      return await job(worker);
    } finally {
      thread.terminate();
    }
  }

  const until = <Value>(
    signal: AbortSignal,
    job: (worker: comlink.Remote<RenderWorkerApi>) => Promise<Value>,
  ): Promise<Value> =>
    inWorker(async (worker) => {
      const cancel = (): void => void worker.cancel().catch(() => undefined);
      signal.addEventListener('abort', cancel);
      try {
        if (signal.aborted) throw new AtomeError('ERR_EXPORT_CANCELLED');
        return await job(worker);
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    });

  return {
    async render(timelineId, options) {
      const { from, to, sampleRate = 48_000, channels = 2, stems = false, followActions = true } = options;
      if (session.state.objects[timelineId]?.kind !== 'TimelineAtome') {
        throw new AtomeError('ERR_NOT_FOUND', `timeline ${timelineId}`);
      }
      checkRange(from, to, sampleRate);
      if (channels !== 1 && channels !== 2) throw new AtomeError('ERR_RENDER', 'channels must be 1 or 2');
      const { deltas, lanes } = await session.ask('renderSource', timelineId, { from, to });
      const request: RenderRequest = { deltas, timelineId, from, to, sampleRate, channels, followActions };
      return inWorker((worker) => worker.renderTimeline(request, stems ? lanes : undefined));
    },

    async exportWav(timelineId, { format, sampleRate, range }, onProgress, signal) {
      const { deltas, duration } = await session.ask('renderSource', timelineId, range);
      const { from, to } = range ?? { from: 0, to: duration };
      checkRange(from, to, sampleRate);
      const request: ExportRequest = { deltas, timelineId, from, to, sampleRate, channels: 2, format };
      return until(signal, (worker) => worker.exportWav(request, comlink.proxy(onProgress)));
    },

    store: (request, onProgress, signal) =>
      until(signal, (worker) =>
        worker.storeWav(
          request,
          comlink.proxy(({ fraction }) => onProgress(fraction)),
        ),
      ),
  };
}

function checkRange(from: number, to: number, sampleRate: number): void {
  if (!(sampleRate >= lowestRate && sampleRate <= highestRate && Number.isInteger(sampleRate))) {
    throw new AtomeError('ERR_RENDER', `sampleRate must be a whole number of ${lowestRate} to ${highestRate} Hz`);
  }
  if (!(from >= 0)) throw new AtomeError('ERR_RENDER', 'from must be 0 or more');
  if (!(to > from) || !Number.isFinite(to))
    throw new AtomeError('ERR_RENDER', 'to must be after from: is there a clip?');
}
