// The index of stored blobs in IndexedDB: what each file holds, so that no header is read twice.
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { openPatiently } from './patient-opening.ts';
import { writeWithReserve } from './space-reserve.ts';
import type { BlobInfo } from './types.ts';

/** `pending` from before the file is moved to its place until after it; such a blob is not visible yet. */
export type BlobRow = BlobInfo & { readonly state: 'pending' | 'stored' };

interface IndexSchema extends DBSchema {
  blobs: { key: string; value: BlobRow };
}

export interface BlobIndex {
  row(hash: string): Promise<BlobRow | undefined>;
  rows(): Promise<BlobRow[]>;
  write(row: BlobRow): Promise<void>;
  remove(hash: string): Promise<void>;
}

export async function openBlobIndex(userId: string): Promise<BlobIndex> {
  const database = await openDatabase(userId);

  const change = (
    work: (store: { put(row: BlobRow): Promise<string>; delete(hash: string): Promise<void> }) => unknown,
  ) =>
    writeWithReserve(async () => {
      const transaction = database.transaction('blobs', 'readwrite', { durability: 'strict' });
      await Promise.all([work(transaction.store), transaction.done]);
    });

  return {
    row: (hash) => database.get('blobs', hash),
    rows: () => database.getAll('blobs'),
    write: (row) => change((store) => store.put(row)),
    remove: (hash) => change((store) => store.delete(hash)),
  };
}

/** @throws AtomeError ERR_NEWER_PROGRAM, ERR_DATABASE_BROKEN, ERR_STORAGE_UNAVAILABLE */
function openDatabase(userId: string): Promise<IDBPDatabase<IndexSchema>> {
  return openPatiently(() =>
    openDB<IndexSchema>(`atome-blobs-${userId}`, 1, {
      upgrade: (database) => {
        database.createObjectStore('blobs', { keyPath: 'hash' });
      },
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
      },
    }),
  );
}
