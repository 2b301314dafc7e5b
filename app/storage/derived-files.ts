// What was computed from the blobs and is kept beside them: one file per hash, written whole or not at all.
import { findFile, moveFile, openDirectory, removeFile } from './file-access.ts';
import { openSink } from './sequential-sink.ts';
import { storageError } from './storage-errors.ts';
import { createTemporaryFile, type TemporaryFile } from './temporary-file.ts';
import type { PreparedFile } from './types.ts';

export interface DerivedFiles {
  get(hash: string): Promise<File | undefined>;
  put(hash: string, pieces: Iterable<Uint8Array>): Promise<void>;
  /** Writes a file whose hash is not known yet. */
  prepare(pieces: Iterable<Uint8Array>): Promise<PreparedFile>;
  remove(hash: string): Promise<void>;
}

/** @param path of their directory. @param nameOf the file of a hash */
export async function openDerivedFiles(
  path: readonly string[],
  nameOf: (hash: string) => string,
  temporaries: FileSystemDirectoryHandle,
): Promise<DerivedFiles> {
  const directory = await openDirectory(path);
  const guarded = async (temporary: TemporaryFile, work: () => Promise<void>): Promise<void> => {
    try {
      await work();
    } catch (thrown) {
      await temporary.remove();
      throw storageError(thrown, 'ERR_STORAGE_WRITE');
    }
  };
  const prepare = async (pieces: Iterable<Uint8Array>): Promise<PreparedFile> => {
    const temporary = await createTemporaryFile(temporaries);
    await guarded(temporary, () => writePieces(temporary, pieces));
    return {
      keep: (hash) =>
        guarded(temporary, async () => {
          await moveFile(temporary.handle, directory, nameOf(hash));
          temporary.release();
        }),
      drop: () => temporary.remove(),
    };
  };
  return {
    get: async (hash) => (await findFile(directory, nameOf(hash)))?.getFile(),
    put: async (hash, pieces) => (await prepare(pieces)).keep(hash),
    prepare,
    remove: async (hash) => {
      await removeFile(directory, nameOf(hash));
    },
  };
}

async function writePieces(temporary: TemporaryFile, pieces: Iterable<Uint8Array>): Promise<void> {
  const sink = await openSink(temporary);
  try {
    for (const piece of pieces) await sink.write(piece);
    await sink.close();
  } catch (thrown) {
    await sink.abort();
    throw thrown;
  }
}
