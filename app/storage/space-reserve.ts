// A few megabytes kept aside: given up when the quota is reached, so that the index and the log can still be written.
import { findFile, openDirectory, removeFile } from './file-access.ts';
import { withLock } from './locks.ts';
import { isQuotaError, storageError } from './storage-errors.ts';

/** Enough for hours of edits: a thousand property versions take about 300 KB. */
export const reserveBytes = 4 << 20;

const reserveName = 'reserve.bin';
const reserveLock = 'atome:reserve';
const openData = () => openDirectory(['data']);

/** Makes the reserve if it is missing; false when there is no room for it now. */
export function keepReserve(): Promise<boolean> {
  return withLock(reserveLock, async () => {
    const directory = await openData();
    if (await findFile(directory, reserveName)) return true;
    const handle = await directory.getFileHandle(reserveName, { create: true });
    try {
      const writable = await handle.createWritable();
      await writable.write(new Uint8Array(reserveBytes));
      await writable.close();
      return true;
    } catch (thrown) {
      await removeFile(directory, reserveName);
      if (isQuotaError(thrown)) return false;
      throw storageError(thrown, 'ERR_STORAGE_WRITE');
    }
  });
}

/** Gives the reserve up; true when there was one. */
export function releaseReserve(): Promise<boolean> {
  return withLock(reserveLock, async () => removeFile(await openData(), reserveName));
}

/**
 * Runs a small write that matters; where the quota stops it, gives the reserve up and tries once more.
 * @throws AtomeError ERR_DISK_FULL when that did not help
 */
export async function writeWithReserve<Value>(write: () => Promise<Value>): Promise<Value> {
  try {
    return await write();
  } catch (thrown) {
    if (!isQuotaError(thrown) || !(await releaseReserve())) throw storageError(thrown, 'ERR_STORAGE_WRITE');
  }
  try {
    return await write();
  } catch (thrown) {
    throw storageError(thrown, 'ERR_STORAGE_WRITE');
  }
}
