// Opens a database that may be broken: a disk that is busy or full for a moment breaks nothing for good.
import { AtomeError } from '../protocol/errors.ts';
import { openingError } from './storage-errors.ts';

/** Opening is tried again for so long, so far apart; the browser itself may take seconds for an attempt. */
const patienceMilliseconds = 1200;
const restMilliseconds = 400;

/** @throws AtomeError ERR_NEWER_PROGRAM, ERR_DATABASE_BROKEN after all that, ERR_STORAGE_UNAVAILABLE, ERR_DISK_FULL */
export async function openPatiently<Database>(open: () => Promise<Database>): Promise<Database> {
  const end = performance.now() + patienceMilliseconds;
  for (;;) {
    try {
      return await open();
    } catch (thrown) {
      const error = openingError(thrown);
      if (performance.now() >= end || !isBroken(error)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, restMilliseconds));
  }
}

export const isBroken = (thrown: unknown): boolean =>
  thrown instanceof AtomeError && thrown.name === 'ERR_DATABASE_BROKEN';
