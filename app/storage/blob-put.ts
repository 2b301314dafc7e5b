// Stores a complete WAV that is already there as bytes: hashed and copied in one pass, never whole in memory.
import { type ParseShape, readHead } from './blob-heal.ts';
import type { BlobShelf } from './blob-shelf.ts';
import { copyAndHash } from './hashed-copy.ts';
import { storageError } from './storage-errors.ts';
import { createTemporaryFile } from './temporary-file.ts';
import type { BlobInfo, BlobSource } from './types.ts';

export async function putBlob(
  shelf: BlobShelf,
  directory: FileSystemDirectoryHandle,
  bytes: Blob | Uint8Array,
  source: BlobSource,
  parseShape: ParseShape,
): Promise<BlobInfo> {
  const blob = bytes instanceof Blob ? bytes : new Blob([new Uint8Array(bytes)]);
  const shape = parseShape(await readHead(blob), blob.size);
  const temporary = await createTemporaryFile(directory);
  try {
    const hash = await copyAndHash(blob, temporary);
    const row = shelf.row(hash, source, { ...shape, bytes: blob.size, createdAt: Date.now() });
    return (await shelf.place(temporary, row)).info;
  } catch (thrown) {
    await temporary.remove();
    throw storageError(thrown, 'ERR_STORAGE_WRITE');
  }
}
