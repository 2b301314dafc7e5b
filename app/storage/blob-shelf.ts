// One user's blobs on disk and their rows in the index, kept in step.
//
// Order of a placement: row `pending`, move, row `stored`. A crash in between leaves either nothing but a row, or a
// whole file whose shape the row still tells. The file on disk is the truth; a row is a note about it.

import { type BlobIndex, type BlobRow, openBlobIndex } from './blob-index.ts';
import { audioDirectory, audioName, blobLock, blobSources, hashOfName, localPath } from './blob-paths.ts';
import { findFile, moveFile, openDirectory, removeFile } from './file-access.ts';
import { withLock } from './locks.ts';
import { storageError } from './storage-errors.ts';
import type { TemporaryFile } from './temporary-file.ts';
import type { BlobInfo, BlobSource } from './types.ts';

export interface FoundBlob {
  readonly source: BlobSource;
  readonly handle: FileSystemFileHandle;
}

export class BlobShelf {
  readonly userId: string;
  readonly index: BlobIndex;
  readonly #directories: ReadonlyMap<BlobSource, FileSystemDirectoryHandle>;

  private constructor(userId: string, index: BlobIndex, directories: Map<BlobSource, FileSystemDirectoryHandle>) {
    this.userId = userId;
    this.index = index;
    this.#directories = directories;
  }

  static async open(userId: string): Promise<BlobShelf> {
    const directories = new Map<BlobSource, FileSystemDirectoryHandle>();
    for (const source of blobSources) directories.set(source, await openDirectory(audioDirectory(userId, source)));
    return new BlobShelf(userId, await openBlobIndex(userId), directories);
  }

  /** Runs `work` while nobody else places, heals or removes this blob. */
  locked<Value>(hash: string, work: () => Promise<Value>): Promise<Value> {
    return withLock(blobLock(this.userId, hash), work);
  }

  /** The blob's file, in whichever directory it is. */
  async find(hash: string): Promise<FoundBlob | undefined> {
    const name = audioName(hash);
    for (const [source, directory] of this.#directories) {
      const handle = await findFile(directory, name);
      if (handle) return { source, handle };
    }
    return undefined;
  }

  /** The hashes of all files in place. */
  async onDisk(): Promise<Set<string>> {
    const hashes = new Set<string>();
    for (const directory of this.#directories.values()) {
      for await (const name of directory.keys()) {
        const hash = hashOfName(name);
        if (hash !== undefined) hashes.add(hash);
      }
    }
    return hashes;
  }

  row(hash: string, source: BlobSource, details: Omit<BlobInfo, 'hash' | 'source' | 'localPath'>): BlobRow {
    return { ...details, hash, source, localPath: localPath(this.userId, source, hash), state: 'stored' };
  }

  /** Moves a finished file to its place, or drops it when the same bytes are there already. */
  async place(temporary: TemporaryFile, row: BlobRow): Promise<{ info: BlobInfo; existed: boolean }> {
    return this.locked(row.hash, async () => {
      const found = await this.find(row.hash);
      if (found) {
        await temporary.remove();
        return { info: infoOf(await this.#confirm(found, row)), existed: true };
      }
      await this.index.write({ ...row, state: 'pending' });
      await moveFile(temporary.handle, this.#directory(row.source), audioName(row.hash));
      temporary.release();
      await this.index.write(row);
      return { info: infoOf(row), existed: false };
    });
  }

  /** Takes the blob out of sight, then off the disk. A reader that has it open makes this fail and changes nothing. */
  async remove(hash: string): Promise<void> {
    await this.locked(hash, async () => {
      const row = await this.index.row(hash);
      await this.index.remove(hash);
      try {
        for (const directory of this.#directories.values()) await removeFile(directory, audioName(hash));
      } catch (thrown) {
        if (row) await this.index.write(row);
        throw storageError(thrown, 'ERR_STORAGE_WRITE');
      }
    });
  }

  async #confirm(found: FoundBlob, row: BlobRow): Promise<BlobRow> {
    const known = await this.index.row(row.hash);
    if (known?.state === 'stored' && known.source === found.source) return known;
    const confirmed = this.row(row.hash, found.source, row);
    await this.index.write(confirmed);
    return confirmed;
  }

  #directory(source: BlobSource): FileSystemDirectoryHandle {
    const directory = this.#directories.get(source);
    if (!directory) throw new Error(`no directory for ${source}`);
    return directory;
  }
}

export function infoOf({ state: _, ...info }: BlobRow): BlobInfo {
  return info;
}
