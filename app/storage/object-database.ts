// The IndexedDB database of objects: current values, the append-only log of versions, the heads of transactions.
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import type { Stamp } from './merge-rule.ts';
import type { ObjectText } from './object-text.ts';
import { openPatiently } from './patient-opening.ts';
import type { HistoryCheckpoint, StoredObject, TransactionHead } from './types.ts';

/** The version a property's current value comes from. */
export interface CurrentVersion extends Stamp {
  readonly transactionId: string;
}

/** Which version each property of an object has now; beside the objects, so that loading does not read it. */
export interface ObjectClocks {
  readonly id: string;
  readonly versions: Readonly<Record<string, CurrentVersion>>;
}

/** One new version of one property. `undefined` stands for "does not exist". */
export interface VersionChange {
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The transaction whose version was current when this one was written; null for the first. */
  readonly parent: string | null;
}

/** The versions one transaction gave to one object: one row for all, so that new objects are cheap. */
export interface VersionRow extends CurrentVersion {
  readonly objectId: string;
  readonly author: string;
  readonly changes: readonly VersionChange[];
}

/** A transaction's head and where its rows stand in the log: they follow each other. */
export interface TransactionRow extends TransactionHead {
  readonly firstRow: number;
  readonly rows: number;
}

export const newestCheckpoint = 'newest';

/** A checkpoint and the key of the last transaction it stands for. */
export interface CheckpointRow {
  readonly id: typeof newestCheckpoint;
  readonly after: number;
  readonly value: HistoryCheckpoint;
}

export const objectsCopy = 'objects';

/** A copy of all objects and the key of the last row of the log that is certainly in it. */
export interface CopyRow {
  readonly id: typeof objectsCopy;
  readonly form: number;
  readonly lastRow: number;
  readonly parts: readonly ObjectText[];
}

export interface ObjectSchema extends DBSchema {
  objects: { key: string; value: StoredObject };
  clocks: { key: string; value: ObjectClocks };
  versions: { key: number; value: VersionRow; indexes: { objectId: string } };
  transactions: { key: number; value: TransactionRow; indexes: { id: string } };
  /** `newest` of the history, and the copy of `objects`. */
  checkpoints: { key: string; value: CheckpointRow | CopyRow };
}

export type ObjectStoreName = 'objects' | 'clocks' | 'versions' | 'transactions' | 'checkpoints';
export type ObjectDatabase = IDBPDatabase<ObjectSchema>;
export type ObjectTransaction = IDBPTransaction<ObjectSchema, ObjectStoreName[], 'readwrite'>;
export type ObjectReading = IDBPTransaction<ObjectSchema, ObjectStoreName[], 'readonly'>;

/**
 * @param onClosed called when this connection ends without our asking: a newer program wants to upgrade the database,
 * or the browser dropped it.
 * @throws AtomeError ERR_NEWER_PROGRAM, ERR_DATABASE_BROKEN, ERR_STORAGE_UNAVAILABLE, ERR_DISK_FULL
 */
export function openObjectDatabase(name: string, onClosed: () => void): Promise<ObjectDatabase> {
  return openPatiently(() =>
    openDB<ObjectSchema>(name, 2, {
      upgrade: (database, oldVersion) => {
        if (oldVersion < 1) createLog(database);
        database.createObjectStore('checkpoints', { keyPath: 'id' });
      },
      blocking: (_current, _blocked, event) => {
        (event.target as IDBDatabase).close();
        onClosed();
      },
      terminated: onClosed,
    }),
  );
}

function createLog(database: ObjectDatabase): void {
  database.createObjectStore('objects', { keyPath: 'id' });
  database.createObjectStore('clocks', { keyPath: 'id' });
  const versions = database.createObjectStore('versions', { autoIncrement: true });
  versions.createIndex('objectId', 'objectId');
  const transactions = database.createObjectStore('transactions', { autoIncrement: true });
  transactions.createIndex('id', 'id', { unique: true });
}
