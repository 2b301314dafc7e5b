// Web Locks as values: they order the tabs and workers that share one origin's storage, and end with their holder.
import type { Disposer } from '../core/disposer.ts';

/** Waits for the lock and keeps it until the returned function is called or this worker ends. */
export function holdLock(name: string): Promise<Disposer> {
  return new Promise((granted, refused) => {
    navigator.locks.request(name, () => new Promise<void>((release) => granted(release))).catch(refused);
  });
}

/** Runs `work` while nobody else holds the lock. */
export function withLock<Value>(name: string, work: () => Promise<Value>): Promise<Value> {
  return navigator.locks.request(name, () => work());
}

/** Runs `work` if nobody holds the lock; otherwise resolves to false at once. */
export function withFreeLock(name: string, work: () => Promise<void>): Promise<boolean> {
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await work();
    return lock !== null;
  });
}
