// A worker's sign of life: a Web Lock that it holds as long as it exists, however it ends.
import { createId } from '../core/id.ts';
import { holdLock } from '../storage/locks.ts';

/** What every worker of the page answers besides its own. */
export interface LivingWorker {
  /** The name of the lock; whoever is granted it knows that this worker has ended. */
  life(): Promise<string>;
}

export async function life(): Promise<string> {
  const name = `atome:life:${createId()}`;
  await holdLock(name);
  return name;
}
