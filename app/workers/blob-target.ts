// Where a render goes that is kept: a new sound of the store, hashed while it is written.
import { MediaKernel } from '../media/media-kernel.ts';
import { createShapeParser } from '../media/shape-parser.ts';
import { createStreamHasher } from '../media/stream-hasher.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import type { BlobInfo, BlobShape } from '../storage/types.ts';

export interface StoredRender {
  readonly blob: BlobInfo;
  /** The store had it before. */
  readonly existed: boolean;
}

export interface BlobTarget {
  /** @throws AtomeError ERR_DISK_FULL, ERR_STORAGE_WRITE */
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  finish(): Promise<StoredRender>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

export interface BlobTargetOptions {
  readonly userId: string;
  readonly module: WebAssembly.Module;
  readonly shape: BlobShape;
  /** How long it will be. */
  readonly bytes: number;
}

/** @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_STORAGE_WRITE */
export async function openBlobTarget({ userId, module, shape, bytes }: BlobTargetOptions): Promise<BlobTarget> {
  const blobs = await openBlobStore(userId, { parseShape: createShapeParser(module) });
  const writer = await blobs.createWriter('generated');
  const hasher = createStreamHasher(new MediaKernel(module), bytes);
  return {
    async write(piece) {
      writer.write(piece);
      await hasher.add(piece);
    },
    async finish() {
      try {
        const { info, existed } = await writer.finish(await hasher.finish(), shape);
        return { blob: info, existed };
      } finally {
        hasher.dispose();
      }
    },
    async abort() {
      hasher.dispose();
      await writer.abort();
    },
  };
}
