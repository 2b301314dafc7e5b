// The page's first script, in front of all others: the tab that may own the session starts its worker, which reads what is
// stored while the rest of the page is still being fetched.
import '../pwa/trusted-types.ts';
import type { Disposer } from '../core/disposer.ts';
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

async function own(): Promise<FirstWorker | undefined> {
  const release = await tryOwn();
  return release && { release, thread: startSessionThread() };
}

/** A page that is not isolated may be about to load again. */
const early = crossOriginIsolated ? own() : undefined;
// Whoever asks for it hears of it.
early?.catch(() => undefined);

/** Owns the program if nobody does, with its worker; undefined when another tab does. @throws DOMException where storage is refused */
export const ownAtStart = (): Promise<FirstWorker | undefined> => early ?? own();
