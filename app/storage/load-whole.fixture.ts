// What a store holds, read to its end, for tests.
import { wholeCopy } from './objects-copy.ts';
import type { ObjectStore, StoredObject, StoredSession } from './types.ts';

type WholeSession = Omit<StoredSession, 'objects' | 'copied'> & { readonly objects: readonly StoredObject[] };

export async function loadWhole(store: Pick<ObjectStore, 'load'>): Promise<WholeSession> {
  const { objects: parts, copied, ...rest } = await store.load();
  const objects: StoredObject[] = [];
  for await (const part of parts) objects.push(...part);
  return { ...rest, objects: copied ? wholeCopy({ copied, others: objects }) : objects };
}
