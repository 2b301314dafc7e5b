// Chooses the engine once per page: the WASM engine where memory can be shared, native nodes elsewhere.

import type { BackendName } from '../engine/audio-engine.ts';
import { createEngineMemory, defaultMaximumPages } from '../engine/engine-module.ts';
import type { ErrorReport } from '../protocol/errors.ts';
import { errorReport } from '../protocol/errors.ts';

export interface EngineChoice {
  readonly backend: BackendName;
  readonly memory: WebAssembly.Memory | null;
  /** Why it is not the WASM engine, when nobody asked for the other. */
  readonly reason: ErrorReport | null;
}

/** Small devices have little address space: a quarter of a gigabyte there. */
const maximumPages = (): number => {
  const { deviceMemory = 8 } = navigator as Navigator & { readonly deviceMemory?: number };
  return deviceMemory <= 4 ? defaultMaximumPages / 4 : defaultMaximumPages;
};

export function chooseEngine(wanted: BackendName, isolated: boolean): EngineChoice {
  if (wanted === 'webaudio') return { backend: 'webaudio', memory: null, reason: null };
  if (!isolated) return { backend: 'webaudio', memory: null, reason: errorReport('ERR_NOT_ISOLATED') };
  try {
    return { backend: 'wasm', memory: createEngineMemory(maximumPages()), reason: null };
  } catch (thrown) {
    return { backend: 'webaudio', memory: null, reason: errorReport('ERR_ENGINE_START', String(thrown)) };
  }
}
