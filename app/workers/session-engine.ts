// The WASM engine as the session worker runs it: its control instance here, its pages from the disk worker.
import { EngineControl } from '../engine/control.ts';
import type { FeatureUpdate } from '../engine/feature-frames.ts';
import { type ErrorReport, errorReport } from '../protocol/errors.ts';
import type { DiskAnswer, DiskRequest } from './disk-api.ts';
import type { SessionStart } from './session-api.ts';

export interface WasmEngine {
  readonly control: EngineControl;
  close(): void;
}

export interface EngineListeners {
  onFeatures(updates: readonly FeatureUpdate[]): void;
  onError(report: ErrorReport): void;
}

/** How often replaced structures are freed and the page pool is looked at. */
const collectMilliseconds = 20;

/** @throws AtomeError ERR_ENGINE_START */
export function startWasmEngine(
  { userId }: Pick<SessionStart, 'userId'>,
  { module, memory, sampleRate }: Extract<SessionStart['engine'], { type: 'wasm' }>,
  { onFeatures, onError }: EngineListeners,
): WasmEngine {
  const disk = new Worker(new URL('./disk.ts', import.meta.url), { type: 'module', name: 'disk' });
  let closed = false;
  const ended = (): void => {
    if (!closed) onError(errorReport('ERR_WORKER', 'disk'));
  };
  const ask = (request: DiskRequest): void => disk.postMessage(request);
  const control = new EngineControl({ module, memory, sampleRate, onPager: ask, onFeatures });
  disk.onmessage = ({ data }: MessageEvent<DiskAnswer>) => {
    if (data.type === 'closed') control.fileClosed(data.slot);
    else if (data.type === 'error') onError(data.report);
    else if (data.type === 'alive') void navigator.locks.request(data.lock, ended);
  };
  disk.onerror = ended;
  ask({
    type: 'start',
    module,
    addresses: control.addresses,
    stack: control.createStack(),
    scratch: control.scratch,
    userId,
  });
  const timer = setInterval(() => control.collect(), collectMilliseconds);
  return {
    control,
    close() {
      closed = true;
      clearInterval(timer);
      ask({ type: 'stop' });
      disk.terminate();
    },
  };
}
