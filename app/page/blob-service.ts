// The blob store as scripts see it: what the project still needs cannot be deleted.
import { AtomeError } from '../protocol/errors.ts';
import { garbage } from '../storage/garbage.ts';
import type { BlobInfo, BlobSource, BlobStore } from '../storage/types.ts';
import type { PageBlobs } from './blobs-once-open.ts';

export interface BlobService extends Pick<BlobStore, 'get' | 'has' | 'list' | 'usage'> {
  /** Stores a complete WAV; the same bytes twice are stored once. @throws AtomeError ERR_FILE_NOT_AUDIO, ERR_DISK_FULL */
  put(bytes: Blob | Uint8Array | ArrayBuffer, source: BlobSource | 'recording' | 'import'): Promise<BlobInfo>;
  /** @throws AtomeError ERR_REFUSED while a file uses it or undo can bring such a file back. */
  delete(hash: string): Promise<void>;
  /** The blobs that `delete` would take, largest first. */
  garbage(): Promise<BlobInfo[]>;
}

/** A file's `source` names the folder in the singular. */
const folders = { recording: 'recordings', import: 'imports' } as const;

export function createBlobService(blobs: PageBlobs, isReferenced: (hash: string) => Promise<boolean>): BlobService {
  return {
    get: blobs.get,
    has: blobs.has,
    list: blobs.list,
    usage: blobs.usage,
    put: (bytes, source) =>
      blobs.put(
        bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes,
        source === 'recording' || source === 'import' ? folders[source] : source,
      ),
    async delete(hash) {
      if (await isReferenced(hash)) throw new AtomeError('ERR_REFUSED', 'a file of the project uses this sound');
      await blobs.delete(hash);
    },
    garbage: () => garbage(blobs, isReferenced),
  };
}
