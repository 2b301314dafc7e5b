// The content-addressed store of videos on the origin private file system: the bytes as they came, by their hash.
import { isContentHash } from '../core/id.ts';
import { AtomeError } from '../protocol/errors.ts';
import {
  hashOfVideoName,
  temporaryDirectory,
  videoDirectory,
  videoEndingOf,
  videoLock,
  videoName,
  videoNames,
} from './blob-paths.ts';
import { findFile, moveFile, openDirectory, removeFile } from './file-access.ts';
import { copyAndHash } from './hashed-copy.ts';
import { withLock } from './locks.ts';
import { keepReserve } from './space-reserve.ts';
import { storageError } from './storage-errors.ts';
import { createTemporaryFile } from './temporary-file.ts';

export interface StoredVideo {
  /** SHA-256 of all its bytes, lower-case hex. */
  readonly hash: string;
  readonly bytes: number;
}

export interface PutOptions {
  readonly signal?: AbortSignal;
  /** Told how many bytes are written so far. */
  readonly onBytes?: (bytes: number) => void;
}

export interface VideoStore {
  /**
   * Stores a video whole or not at all; the same bytes twice are stored once.
   * @throws AtomeError ERR_MEDIA_FORMAT for a MIME type that no video of the store has, ERR_DISK_FULL, ERR_STORAGE_WRITE
   */
  put(content: Blob, mime: string, options?: PutOptions): Promise<StoredVideo & { readonly existed: boolean }>;
  /** The video as a disk-backed file. @throws AtomeError ERR_NOT_FOUND */
  get(hash: string): Promise<File>;
  has(hash: string): Promise<boolean>;
  list(): Promise<StoredVideo[]>;
  /** Refuses nothing: callers ask first whether something refers to it. */
  delete(hash: string): Promise<void>;
}

/** Any number of tabs and workers may have the same store open. @throws AtomeError ERR_STORAGE_UNAVAILABLE */
export async function openVideoStore(userId: string): Promise<VideoStore> {
  const directory = await openDirectory(videoDirectory(userId));
  const temporaries = await openDirectory(temporaryDirectory(userId));

  const find = async (hash: string): Promise<FileSystemFileHandle | undefined> => {
    if (!isContentHash(hash)) return undefined;
    for (const name of videoNames(hash)) {
      const handle = await findFile(directory, name);
      if (handle) return handle;
    }
    return undefined;
  };

  const put: VideoStore['put'] = async (content, mime, { signal, onBytes } = {}) => {
    const ending = videoEndingOf(mime);
    if (ending === undefined) throw new AtomeError('ERR_MEDIA_FORMAT', mime);
    const temporary = await createTemporaryFile(temporaries);
    try {
      const hash = await copyAndHash(content, temporary, (bytes) => {
        signal?.throwIfAborted();
        onBytes?.(bytes);
      });
      signal?.throwIfAborted();
      const existed = await withLock(videoLock(userId, hash), async () => {
        if (await find(hash)) return true;
        await moveFile(temporary.handle, directory, videoName(hash, ending));
        return false;
      });
      if (existed) await temporary.remove();
      else temporary.release();
      return { hash, bytes: content.size, existed };
    } catch (thrown) {
      await temporary.remove();
      await keepReserve();
      throw signal?.aborted ? new AtomeError('ERR_IMPORT_CANCELLED') : storageError(thrown, 'ERR_STORAGE_WRITE');
    }
  };

  return {
    put,
    async get(hash) {
      const handle = await find(hash);
      if (!handle) throw new AtomeError('ERR_NOT_FOUND', `video ${hash}`);
      return handle.getFile();
    },
    has: async (hash) => (await find(hash)) !== undefined,
    async list() {
      const videos: StoredVideo[] = [];
      for await (const name of directory.keys()) {
        const hash = hashOfVideoName(name);
        const handle = hash === undefined ? undefined : await findFile(directory, name);
        if (hash !== undefined && handle) videos.push({ hash, bytes: (await handle.getFile()).size });
      }
      return videos;
    },
    delete: (hash) =>
      withLock(videoLock(userId, hash), async () => {
        try {
          for (const name of videoNames(hash)) await removeFile(directory, name);
        } catch (thrown) {
          throw storageError(thrown, 'ERR_STORAGE_WRITE');
        }
        await keepReserve();
      }),
  };
}
