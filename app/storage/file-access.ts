// The origin private file system as storage uses it: directories, whole-file moves, synchronous handles.
import { AtomeError } from '../protocol/errors.ts';
import { isNotFound } from './storage-errors.ts';

/** FileSystemSyncAccessHandle, which the DOM's types leave out: it exists in dedicated workers only. */
export interface SyncAccess {
  read(into: Uint8Array, options: { readonly at: number }): number;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  getSize(): number;
  flush(): void;
  close(): void;
}

/** 'readwrite-unsafe': several writers are let in, who see to it themselves that there is one. */
type SyncAccessMode = 'read-only' | 'readwrite' | 'readwrite-unsafe';

interface CompleteFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle?(options: { readonly mode: SyncAccessMode }): Promise<SyncAccess>;
  move(directory: FileSystemDirectoryHandle, name: string): Promise<void>;
}

const complete = (handle: FileSystemFileHandle): CompleteFileHandle => handle as CompleteFileHandle;

export const hasSyncAccess = (handle: FileSystemFileHandle): boolean =>
  complete(handle).createSyncAccessHandle !== undefined;

/** Opens for synchronous access: one writer alone, or any number of readers. @throws AtomeError outside workers */
export async function openSyncAccess(handle: FileSystemFileHandle, mode: SyncAccessMode): Promise<SyncAccess> {
  const access = await complete(handle).createSyncAccessHandle?.({ mode });
  if (!access) throw new AtomeError('ERR_STORAGE_UNAVAILABLE', 'synchronous files exist in workers only');
  return access;
}

/** Renames in one step: the file is whole at its old place or whole at the new one. Replaces what is there. */
export const moveFile = (handle: FileSystemFileHandle, directory: FileSystemDirectoryHandle, name: string) =>
  complete(handle).move(directory, name);

/** The directory at a path of plain names below the root, made if it is missing. */
export async function openDirectory(path: readonly string[]): Promise<FileSystemDirectoryHandle> {
  try {
    let directory = await navigator.storage.getDirectory();
    for (const name of path) directory = await directory.getDirectoryHandle(name, { create: true });
    return directory;
  } catch (thrown) {
    throw new AtomeError('ERR_STORAGE_UNAVAILABLE', thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** The file's handle, or undefined where there is no such file. */
export async function findFile(
  directory: FileSystemDirectoryHandle,
  name: string,
): Promise<FileSystemFileHandle | undefined> {
  try {
    return await directory.getFileHandle(name);
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}

/** Removes the file if it is there; true when it was. */
export async function removeFile(directory: FileSystemDirectoryHandle, name: string): Promise<boolean> {
  try {
    await directory.removeEntry(name);
    return true;
  } catch (thrown) {
    if (isNotFound(thrown)) return false;
    throw thrown;
  }
}
