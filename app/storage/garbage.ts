// Which stored blobs nothing refers to any more. It only lists; deleting is somebody's decision.
import type { BlobInfo } from './types.ts';

/**
 * The blobs for which `isReferenced` is false, largest first. It must answer for every version of every object, removed
 * ones and past values included: undo brings them back.
 */
export async function garbage<Stored extends Pick<BlobInfo, 'hash' | 'bytes'>>(
  blobs: { list(): Promise<Stored[]> },
  isReferenced: (hash: string) => boolean | Promise<boolean>,
): Promise<Stored[]> {
  const unreferenced: Stored[] = [];
  for (const blob of await blobs.list()) if (!(await isReferenced(blob.hash))) unreferenced.push(blob);
  return unreferenced.sort((left, right) => right.bytes - left.bytes);
}
