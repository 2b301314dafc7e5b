// Files that grow before they have a name. A Web Lock per file tells the living from what a crash left behind.
import { openSyncAccess, removeFile, type SyncAccess } from './file-access.ts';
import { holdLock, withFreeLock } from './locks.ts';

const lockOf = (name: string): string => `atome:temporary:${name}`;

export interface TemporaryFile {
  readonly handle: FileSystemFileHandle;
  /** Ends the ownership after the file was moved to its place. */
  release(): void;
  /** Removes the file and ends the ownership; harmless when it is gone already. */
  remove(): Promise<void>;
  openSync(): Promise<SyncAccess>;
}

export async function createTemporaryFile(directory: FileSystemDirectoryHandle): Promise<TemporaryFile> {
  const name = `${crypto.randomUUID()}.part`;
  const release = await holdLock(lockOf(name));
  try {
    const handle = await directory.getFileHandle(name, { create: true });
    return {
      handle,
      release,
      remove: async () => {
        await removeFile(directory, name).finally(release);
      },
      openSync: () => openSyncAccess(handle, 'readwrite'),
    };
  } catch (thrown) {
    release();
    throw thrown;
  }
}

/** Removes the files of writers that no longer live; returns how many there were. */
export async function sweepTemporaryFiles(directory: FileSystemDirectoryHandle): Promise<number> {
  const names: string[] = [];
  for await (const name of directory.keys()) names.push(name);
  let swept = 0;
  for (const name of names) {
    await withFreeLock(lockOf(name), async () => {
      if (await removeUnlocked(directory, name)) swept += 1;
    });
  }
  return swept;
}

/** A worker that is just ending may still have the file open: then it is left for the next sweep. */
const removeUnlocked = (directory: FileSystemDirectoryHandle, name: string): Promise<boolean> =>
  removeFile(directory, name).catch(() => false);
