// The content-addressed store of WAV files on the origin private file system.
import { isContentHash } from '../core/id.ts';
import { AtomeError } from '../protocol/errors.ts';
import { healIndex, type ParseShape } from './blob-heal.ts';
import { onsetDirectory, onsetName, peakDirectory, peakName, temporaryDirectory } from './blob-paths.ts';
import { putBlob } from './blob-put.ts';
import { BlobShelf, infoOf } from './blob-shelf.ts';
import { createBlobWriter } from './blob-writer.ts';
import { openDerivedFiles } from './derived-files.ts';
import { openDirectory, openSyncAccess } from './file-access.ts';
import { keepReserve } from './space-reserve.ts';
import { storageError } from './storage-errors.ts';
import { sweepTemporaryFiles } from './temporary-file.ts';
import type { BlobInfo, BlobReader, BlobStore } from './types.ts';

export interface BlobStoreOptions {
  /** Reads the header of what `put` gets and of files whose index row is lost. */
  readonly parseShape: ParseShape;
}

/**
 * Opens a user's blobs: sweeps what dead writers left, heals the index, keeps the space reserve.
 * Any number of tabs and workers may have the same store open.
 * @throws AtomeError ERR_STORAGE_UNAVAILABLE
 */
export async function openBlobStore(userId: string, { parseShape }: BlobStoreOptions): Promise<BlobStore> {
  const shelf = await BlobShelf.open(userId);
  const temporaries = await openDirectory(temporaryDirectory(userId));
  const peaks = await openDerivedFiles(peakDirectory(userId), peakName, temporaries);
  const onsets = await openDerivedFiles(onsetDirectory(userId), onsetName, temporaries);
  await sweepTemporaryFiles(temporaries);
  await healIndex(shelf, parseShape);
  await keepReserve();

  const info = async (hash: string): Promise<BlobInfo | undefined> => {
    const row = isContentHash(hash) ? await shelf.index.row(hash) : undefined;
    return row?.state === 'stored' ? infoOf(row) : undefined;
  };
  const list = async (): Promise<BlobInfo[]> =>
    (await shelf.index.rows()).filter((row) => row.state === 'stored').map(infoOf);
  const handleOf = async (hash: string): Promise<FileSystemFileHandle> => {
    const found = await shelf.find(hash);
    if (!found) throw new AtomeError('ERR_NOT_FOUND', `blob ${hash}`);
    return found.handle;
  };

  return {
    put: (bytes, source) => putBlob(shelf, temporaries, bytes, source, parseShape),
    get: async (hash) => (await handleOf(hash)).getFile(),
    info,
    has: async (hash) => (await info(hash)) !== undefined,
    list,
    delete: async (hash) => {
      await shelf.remove(hash);
      await peaks.remove(hash);
      await onsets.remove(hash);
      await keepReserve();
    },
    usage: async () => {
      const blobs = await list();
      const { usage = 0, quota = 0 } = await navigator.storage.estimate();
      return {
        bytes: blobs.reduce((sum, blob) => sum + blob.bytes, 0),
        blobs: blobs.length,
        estimate: { usage, quota },
      };
    },
    createWriter: (source) => createBlobWriter(shelf, temporaries, source),
    openRead: async (hash) => openReader(await handleOf(hash)),
    getPeaks: (hash) => peaks.get(hash),
    putPeaks: (hash, pieces) => peaks.put(hash, pieces),
    preparePeaks: (pieces) => peaks.prepare(pieces),
    getOnsets: (hash) => onsets.get(hash),
    putOnsets: (hash, bytes) => onsets.put(hash, [bytes]),
  };
}

async function openReader(handle: FileSystemFileHandle): Promise<BlobReader> {
  try {
    const access = await openSyncAccess(handle, 'read-only');
    return {
      size: access.getSize(),
      read: (into, at) => access.read(into, { at }),
      close: () => access.close(),
    };
  } catch (thrown) {
    throw storageError(thrown, 'ERR_STORAGE_READ');
  }
}
