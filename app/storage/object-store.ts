// Objects, properties and every past value, in IndexedDB with strict durability.
import { AtomeError, type ErrorName } from '../protocol/errors.ts';
import type { PropertyVersion } from '../protocol/state.ts';
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import { compareStamps } from './merge-rule.ts';
import {
  type CheckpointRow,
  newestCheckpoint,
  type ObjectDatabase,
  type ObjectReading,
  type ObjectStoreName,
  openObjectDatabase,
  type TransactionRow,
  type VersionRow,
} from './object-database.ts';
import { quietly, writeTransactions } from './object-log.ts';
import { type CopySource, lastRowOf, type ReadCopy, readCopy, wholeCopy, writeCopy } from './objects-copy.ts';
import { writeWithReserve } from './space-reserve.ts';
import { storageError } from './storage-errors.ts';
import type {
  CheckpointAt,
  LoggedObjectStore,
  ObjectStore,
  StoredObject,
  StoredSession,
  TransactionHead,
} from './types.ts';

/** @throws AtomeError ERR_NEWER_PROGRAM, ERR_DATABASE_BROKEN, ERR_STORAGE_UNAVAILABLE */
export async function openObjectStore(projectDatabaseName = 'atome-project'): Promise<LoggedObjectStore> {
  let closed = false;
  const database = await openObjectDatabase(projectDatabaseName, () => {
    closed = true;
  });
  const guarded = async <Value>(work: () => Promise<Value>, fallback: ErrorName): Promise<Value> => {
    try {
      return await work();
    } catch (thrown) {
      if (closed) throw new AtomeError('ERR_OTHER_TAB', 'this connection to the project was closed');
      throw storageError(thrown, fallback);
    }
  };
  const read = <Value>(work: () => Promise<Value>): Promise<Value> => guarded(work, 'ERR_STORAGE_READ');
  let written: Promise<unknown> = Promise.resolve();
  /** Rows of the log since this connection was made, and how many of them the copy of the objects has. */
  let rowsWritten = 0;
  let rowsCopied = Number.NEGATIVE_INFINITY;
  /** What `load` has read, and the rows written by then; until it is copied or not worth it. */
  let loaded: { readonly source: CopySource; readonly rows: number } | undefined;
  /** One after the other, also where a full disk makes one wait for the reserve. */
  const append: ObjectStore['append'] = (transactions, checkpoint) => {
    const turn = written.then(() =>
      guarded(async () => {
        rowsWritten += await writeWithReserve(async () => writeGroup(database, transactions, checkpoint));
      }, 'ERR_STORAGE_WRITE'),
    );
    written = turn.catch(() => undefined);
    return turn;
  };

  const load = async (fromCopy: boolean): Promise<StoredSession> => {
    const reading = readingOf(database);
    const lastRow = quietly(lastRowOf(reading));
    const copying = fromCopy ? quietly(readCopy(reading)) : undefined;
    const newest = await checkpointOf(reading);
    const later = newest && IDBKeyRange.lowerBound(newest.after, true);
    const rows = quietly(reading.objectStore('transactions').getAll(later));
    const copy = await copying;
    const ranges = copy ? [] : idRanges();
    const parts = ranges.map((range) => quietly(reading.objectStore('objects').getAll(range)));
    if (copy) rowsCopied = rowsWritten - copy.rows;
    const source = { lastRow: await lastRow, parts: copy ? wholeParts(copy) : inTurn(parts, read) };
    loaded = { source, rows: rowsWritten };
    return {
      ...(copy ? { objects: [copy.others], copied: copy.copied } : { objects: inTurn(parts, read) }),
      checkpoint: newest?.value,
      transactions: (await rows).map(headOf),
    };
  };

  return {
    load: () =>
      read(async () => {
        try {
          return await load(true);
        } catch {
          // A copy that cannot be read is as good as none.
          return await load(false);
        }
      }),
    heads: () => read(async () => (await database.getAll('transactions')).map(headOf)),
    append,
    copyObjects: async (least) => {
      const { source, rows } = loaded ?? { source: undefined, rows: rowsWritten };
      loaded = undefined;
      if (rowsWritten - rowsCopied < least) return;
      await guarded(async () => writeCopy(database, source ?? (await storedNow(database))), 'ERR_STORAGE_WRITE');
      rowsCopied = rows;
    },
    objects: (ids) =>
      read(async () => {
        const { store } = database.transaction('objects');
        const found = await Promise.all(ids.map((id) => store.get(id)));
        return found.filter((object) => object !== undefined);
      }),
    newest: () =>
      read(async () => {
        const { store } = database.transaction('transactions');
        return (await store.openCursor(null, 'prev'))?.value.id;
      }),
    async *transactions(after) {
      const known = after === undefined ? undefined : await read(() => keyOf(database, after));
      for (let from = (known ?? -1) + 1; ; ) {
        const page = await read(() => readPage(database, from));
        yield* page.records;
        if (page.next === undefined) return;
        from = page.next;
      }
    },
    transaction: (id) => read(() => readTransaction(database, id)),
    history: (objectId, property) =>
      read(async () => {
        const rows = await database.getAllFromIndex('versions', 'objectId', objectId);
        return rows.sort(compareStamps).flatMap((row) => versionsOf(row, property));
      }),
    close: () => {
      void written.then(() => {
        closed = true;
        database.close();
      });
    },
  };
}

/** Sixteen ranges that cover all keys; ids are spread over them evenly. */
function idRanges(): IDBKeyRange[] {
  const first = [...'123456789abcdef'];
  const between = first.slice(1).map((end, index) => IDBKeyRange.bound(first[index], end, false, true));
  return [IDBKeyRange.upperBound(first[0], true), ...between, IDBKeyRange.lowerBound(first.at(-1))];
}

/** A few objects at a time, so that no write waits for all of them. */
async function storedNow(database: ObjectDatabase): Promise<CopySource> {
  async function* parts(): AsyncGenerator<StoredObject[]> {
    for (const range of idRanges()) yield await database.getAll('objects', range);
  }
  return { lastRow: await lastRowOf(readingOf(database)), parts: parts() };
}

/** Made when it is asked for. */
function* wholeParts(copy: ReadCopy): Generator<readonly StoredObject[]> {
  yield wholeCopy(copy);
}

async function* inTurn<Part>(
  parts: readonly Promise<Part>[],
  read: (work: () => Promise<Part>) => Promise<Part>,
): AsyncGenerator<Part> {
  for (const part of parts) yield await read(() => part);
}

const readingOf = (database: ObjectDatabase): ObjectReading =>
  database.transaction(['objects', 'versions', 'transactions', 'checkpoints']);

async function checkpointOf(reading: ObjectReading): Promise<CheckpointRow | undefined> {
  const row = await reading.objectStore('checkpoints').get(newestCheckpoint);
  return row?.id === newestCheckpoint ? row : undefined;
}

function writeGroup(
  database: ObjectDatabase,
  transactions: readonly TransactionRecord[],
  checkpoint: CheckpointAt | undefined,
): Promise<number> {
  const stores: ObjectStoreName[] = ['objects', 'clocks', 'versions', 'transactions', 'checkpoints'];
  const write = database.transaction(stores, 'readwrite', { durability: 'strict' });
  return writeTransactions(write, transactions, checkpoint);
}

async function readTransaction(database: ObjectDatabase, id: string): Promise<TransactionRecord | undefined> {
  const read = database.transaction(['transactions', 'versions']);
  const row = await read.objectStore('transactions').index('id').get(id);
  if (!row) return undefined;
  const range = IDBKeyRange.lowerBound(row.firstRow);
  const rows = row.rows > 0 ? await read.objectStore('versions').getAll(range, row.rows) : [];
  return { ...headOf(row), changes: changesIn(rows) };
}

const keyOf = (database: ObjectDatabase, id: string): Promise<number | undefined> =>
  database.transaction('transactions').store.index('id').getKey(id);

/** Transactions read at a time. */
const pageLength = 1000;

/** The transactions whose keys are `from` or higher, and the key to go on from. */
async function readPage(
  database: ObjectDatabase,
  from: number,
): Promise<{ records: TransactionRecord[]; next: number | undefined }> {
  const read = database.transaction(['transactions', 'versions']);
  const range = IDBKeyRange.lowerBound(from);
  const [rows, keys] = await Promise.all([
    read.objectStore('transactions').getAll(range, pageLength),
    read.objectStore('transactions').getAllKeys(range, pageLength),
  ]);
  const changed = rows.filter((row) => row.rows > 0);
  const [first, last] = [changed[0], changed.at(-1)];
  const versions = new Map<string, VersionRow[]>();
  if (first && last) {
    const written = IDBKeyRange.bound(first.firstRow, last.firstRow + last.rows - 1);
    for (const row of await read.objectStore('versions').getAll(written)) {
      const known = versions.get(row.transactionId);
      if (known) known.push(row);
      else versions.set(row.transactionId, [row]);
    }
  }
  const records = rows.map((row) => ({ ...headOf(row), changes: changesIn(versions.get(row.id) ?? []) }));
  const lastKey = keys.at(-1);
  return { records, next: keys.length < pageLength || lastKey === undefined ? undefined : lastKey + 1 };
}

const changesIn = (rows: readonly VersionRow[]): PropertyChange[] =>
  rows.flatMap(({ objectId, changes }) =>
    changes.map(({ property, before, after }) => ({ objectId, property, before, after })),
  );

function headOf({ firstRow: _first, rows: _rows, ...head }: TransactionRow): TransactionHead {
  return head;
}

function versionsOf({ objectId, changes, time, device, author, transactionId }: VersionRow, property: string) {
  return changes
    .filter((change) => change.property === property)
    .map(({ after, parent }): PropertyVersion => {
      const absent = after === undefined;
      return { objectId, property, value: absent ? null : after, absent, time, device, author, transactionId, parent };
    });
}
