// The blob store as the page uses it from its start on: what is asked before it is open waits.
import type { BlobStore } from '../storage/types.ts';

export type PageBlobs = Pick<BlobStore, 'put' | 'get' | 'info' | 'has' | 'list' | 'delete' | 'usage'>;

/** Whatever is asked fails as the opening did. */
export const blobsOnceOpen = (opening: Promise<BlobStore>): PageBlobs => ({
  put: async (bytes, source) => (await opening).put(bytes, source),
  get: async (hash) => (await opening).get(hash),
  info: async (hash) => (await opening).info(hash),
  has: async (hash) => (await opening).has(hash),
  list: async () => (await opening).list(),
  delete: async (hash) => (await opening).delete(hash),
  usage: async () => (await opening).usage(),
});
