// A blob that grows in a temporary file through a synchronous handle, and is moved to its place when it is whole.

import { isContentHash } from '../core/id.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobShelf } from './blob-shelf.ts';
import type { SyncAccess } from './file-access.ts';
import { keepReserve } from './space-reserve.ts';
import { storageError } from './storage-errors.ts';
import { createTemporaryFile, type TemporaryFile } from './temporary-file.ts';
import type { BlobInfo, BlobShape, BlobSource, BlobWriter } from './types.ts';

export async function createBlobWriter(
  shelf: BlobShelf,
  directory: FileSystemDirectoryHandle,
  source: BlobSource,
): Promise<BlobWriter> {
  const temporary = await createTemporaryFile(directory);
  try {
    return new SyncBlobWriter(shelf, source, temporary, await temporary.openSync());
  } catch (thrown) {
    await temporary.remove();
    throw storageError(thrown, 'ERR_STORAGE_WRITE');
  }
}

/** Bytes between two flushes: the disk works while more is on its way, and each of them is over before a hash runs dry. */
const flushedBytes = 32 * 1024 * 1024;

class SyncBlobWriter implements BlobWriter {
  readonly #shelf: BlobShelf;
  readonly #source: BlobSource;
  readonly #temporary: TemporaryFile;
  #access: SyncAccess | undefined;
  #removal: Promise<void> | undefined;
  #bytes = 0;
  #unflushed = 0;

  constructor(shelf: BlobShelf, source: BlobSource, temporary: TemporaryFile, access: SyncAccess) {
    this.#shelf = shelf;
    this.#source = source;
    this.#temporary = temporary;
    this.#access = access;
  }

  get bytes(): number {
    return this.#bytes;
  }

  write(bytes: Uint8Array): void {
    this.#store(bytes, this.#bytes);
    this.#bytes += bytes.byteLength;
  }

  writeAt(bytes: Uint8Array, at: number): void {
    if (at < 0 || at + bytes.byteLength > this.#bytes) {
      throw new AtomeError('ERR_STORAGE_WRITE', 'only bytes that were written before can be overwritten');
    }
    this.#store(bytes, at);
  }

  read(into: Uint8Array, at: number): number {
    return this.#opened().read(into, { at });
  }

  async finish(hash: string, shape: BlobShape): Promise<{ info: BlobInfo; existed: boolean }> {
    try {
      if (!isContentHash(hash)) throw new AtomeError('ERR_BAD_COMMAND', 'a blob is named by its SHA-256');
      this.flush();
      this.#opened().close();
      this.#access = undefined;
      const row = this.#shelf.row(hash, this.#source, { ...shape, bytes: this.#bytes, createdAt: Date.now() });
      return await this.#shelf.place(this.#temporary, row);
    } catch (thrown) {
      await this.abort();
      throw storageError(thrown, 'ERR_STORAGE_WRITE');
    }
  }

  async abort(): Promise<void> {
    this.#giveBack();
    await this.#removal;
  }

  #opened(): SyncAccess {
    if (!this.#access) throw new AtomeError('ERR_STORAGE_WRITE', 'the writer is closed');
    return this.#access;
  }

  flush(): void {
    if (this.#unflushed === 0) return;
    this.#guarded((access) => access.flush());
    this.#unflushed = 0;
  }

  #store(bytes: Uint8Array, at: number): void {
    this.#guarded((access) => {
      if (access.write(bytes, { at }) < bytes.byteLength) throw new AtomeError('ERR_DISK_FULL');
    });
    this.#unflushed += bytes.byteLength;
    if (this.#unflushed >= flushedBytes) this.flush();
  }

  #guarded(work: (access: SyncAccess) => void): void {
    const access = this.#opened();
    try {
      work(access);
    } catch (thrown) {
      this.#giveBack();
      throw storageError(thrown, 'ERR_STORAGE_WRITE');
    }
  }

  /** The space is free when this returns; the empty file goes a moment later. */
  #giveBack(): void {
    const access = this.#access;
    this.#access = undefined;
    try {
      access?.truncate(0);
    } finally {
      access?.close();
      this.#removal ??= this.#temporary.remove().then(async () => {
        await keepReserve();
      });
    }
  }
}
