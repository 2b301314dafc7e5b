// One tab owns the engine and the store, by a Web Lock.
import type { Disposer } from '../core/disposer.ts';

const lockName = 'atome-flow-owner';

/** Owns the program at once if nobody does; undefined when another tab does. @throws DOMException where storage is refused */
export function tryOwn(): Promise<Disposer | undefined> {
  return new Promise((resolve, reject) => {
    const granted = (lock: Lock | null): Promise<void> | undefined => {
      if (lock) return hold(resolve);
      resolve(undefined);
      return undefined;
    };
    navigator.locks.request(lockName, { ifAvailable: true }, granted).catch(reject);
  });
}

/** Calls `granted` with the function that lets go, once all who asked before have had their turn; not after `signal` aborted. */
export function waitToOwn(signal: AbortSignal, granted: (release: Disposer) => void): void {
  navigator.locks
    .request(lockName, { signal }, () => hold(granted))
    .catch((thrown: unknown) => {
      if (!signal.aborted) throw thrown;
    });
}

/** Whether another tab would own the program if this one let go. */
export async function isAwaited(): Promise<boolean> {
  const { pending = [] } = await navigator.locks.query();
  return pending.some(({ name }) => name === lockName);
}

/** Keeps the lock until the function that `granted` gets is called. */
function hold(granted: (release: Disposer) => void): Promise<void> {
  return new Promise<void>((release) => granted(release));
}
