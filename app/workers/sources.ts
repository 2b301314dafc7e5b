// Opens stored sounds for the pager of whichever worker asks.
import type { OpenSource } from '../engine/disk-files.ts';
import { createShapeParser } from '../media/shape-parser.ts';
import { AtomeError } from '../protocol/errors.ts';
import { openBlobStore } from '../storage/blob-store.ts';

/** @throws AtomeError ERR_STORAGE_UNAVAILABLE; what it returns throws ERR_NOT_FOUND, ERR_STORAGE_READ */
export async function openSources(userId: string, module: WebAssembly.Module): Promise<OpenSource> {
  const blobs = await openBlobStore(userId, { parseShape: createShapeParser(module) });
  return async (hash) => {
    const shape = await blobs.info(hash);
    if (!shape) throw new AtomeError('ERR_NOT_FOUND', `blob ${hash}`);
    const reader = await blobs.openRead(hash);
    return {
      shape,
      read: (into, at) => reader.read(into, at),
      close: () => reader.close(),
    };
  };
}
