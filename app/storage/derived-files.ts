// Peak pyramids beside the blobs: derived data, one file per hash, written whole or not at all.
import { peakDirectory, peakName } from './blob-paths.ts';
import { findFile, moveFile, openDirectory, removeFile } from './file-access.ts';
import { openSink } from './sequential-sink.ts';
import { storageError } from './storage-errors.ts';
import { createTemporaryFile, type TemporaryFile } from './temporary-file.ts';

export interface PeakFiles {
  get(hash: string): Promise<File | undefined>;
  put(hash: string, pieces: Iterable<Uint8Array>): Promise<void>;
  remove(hash: string): Promise<void>;
}

export async function openPeakFiles(userId: string, temporaries: FileSystemDirectoryHandle): Promise<PeakFiles> {
  const directory = await openDirectory(peakDirectory(userId));
  return {
    get: async (hash) => (await findFile(directory, peakName(hash)))?.getFile(),
    put: async (hash, pieces) => {
      const name = peakName(hash);
      const temporary = await createTemporaryFile(temporaries);
      try {
        await writePieces(temporary, pieces);
        await moveFile(temporary.handle, directory, name);
        temporary.release();
      } catch (thrown) {
        await temporary.remove();
        throw storageError(thrown, 'ERR_STORAGE_WRITE');
      }
    },
    remove: async (hash) => {
      await removeFile(directory, peakName(hash));
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
