// The page's line to a worker: once the worker has ended, calls are refused instead of waiting for good.
import * as comlink from 'comlink';
import { type AtomeError, type ErrorReport, fromThread } from '../protocol/errors.ts';
import type { LivingWorker } from '../workers/life.ts';

export interface WorkerLineOptions {
  /** What calls are refused with, and what `onTrouble` hears. */
  readonly failure: AtomeError;
  /** The worker did not load, threw on its own, or ended. */
  readonly onTrouble?: (report: ErrorReport) => void;
  /** It did not load, or ended; then `onTrouble` does not hear of it. */
  readonly onEnded?: (failure: AtomeError) => void;
}

export function openWorkerLine<Api extends LivingWorker>(
  thread: Worker,
  { failure, onTrouble, onEnded }: WorkerLineOptions,
): comlink.Remote<Api> {
  const waiting = new Set<(reason: AtomeError) => void>();
  let alive = false;
  let ended = false;

  const end = (): void => {
    ended = true;
    if (onEnded) onEnded(failure);
    else onTrouble?.(failure.report);
    for (const refuse of waiting) refuse(failure);
    waiting.clear();
  };
  // What a worker throws on its own may leave it at work; before its first answer it never began.
  thread.addEventListener('error', () => (alive ? onTrouble?.(failure.report) : end()));
  void comlink
    .wrap<LivingWorker>(thread)
    .life()
    .then((lock) => {
      alive = true;
      return navigator.locks.request(lock, end);
    });

  const refusable = (call: () => Promise<unknown>): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (ended) throw failure;
      const answer = call();
      waiting.add(reject);
      void answer.then(resolve, (thrown) => reject(fromThread(thrown))).finally(() => waiting.delete(reject));
    });

  return new Proxy(comlink.wrap<Api>(thread), {
    get(remote, name) {
      const method: unknown = Reflect.get(remote, name);
      if (typeof name === 'symbol' || typeof method !== 'function') return method;
      return (...parameters: unknown[]) => refusable(() => method(...parameters));
    },
  });
}
