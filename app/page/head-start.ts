// The page's first script, in front of all others: begins what takes its time while the rest of the page is still being
// fetched. Above all the session's worker, which reads what is stored.
import '../pwa/trusted-types.ts';
import engineUrl from '../../build/engine.wasm?url';
import type { Disposer } from '../core/disposer.ts';
import { life } from '../workers/life.ts';
import { tryOwn } from './ownership.ts';

export interface FirstWorker {
  readonly thread: SessionThread;
  /** Lets the session go. */
  readonly release: Disposer;
}

export interface SessionThread {
  readonly worker: Worker;
  /** Tells the worker's listeners what was wrong before they listened. */
  catchUp(): void;
}

export function startSessionThread(): SessionThread {
  const worker = new Worker(new URL('../workers/session.ts', import.meta.url), { type: 'module', name: 'session' });
  let failed = false;
  const fail = (): void => {
    failed = true;
  };
  worker.addEventListener('error', fail);
  return {
    worker,
    catchUp() {
      worker.removeEventListener('error', fail);
      if (failed) worker.dispatchEvent(new Event('error'));
    },
  };
}

/** The worker is made before it is known whose the session is: it waits for the store until the owner lets go. */
async function own(): Promise<FirstWorker | undefined> {
  const thread = startSessionThread();
  const release = await tryOwn().catch((thrown: unknown) => {
    thread.worker.terminate();
    throw thrown;
  });
  if (release) return { release, thread };
  thread.worker.terminate();
  return undefined;
}

/** @throws ReferenceError where the browser has no WebAssembly: a promise tells it, so that the page can */
async function compileEngine(): Promise<WebAssembly.Module> {
  return WebAssembly.compileStreaming(fetch(engineUrl));
}

/** A page that is not isolated may be about to load again. */
const early = crossOriginIsolated ? own() : undefined;

export const engineModule = compileEngine();

/** The name of the Web Lock that this tab holds as long as it exists. */
export const tabLife: Promise<string> = life();

// Whoever asks for them hears of it.
for (const begun of [early, engineModule, tabLife]) begun?.catch(() => undefined);

/** Owns the program if nobody does, with its worker; undefined when another tab does. @throws DOMException where storage is refused */
export const ownAtStart = (): Promise<FirstWorker | undefined> => early ?? own();
