// Writes transactions into the object database: versions are appended, and become current if nothing newer is there.
import { defined } from '../core/assert.ts';
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import { compareStamps } from './merge-rule.ts';
import type { CurrentVersion, ObjectTransaction, TransactionRow, VersionRow } from './object-database.ts';

interface OpenObject {
  readonly properties: Record<string, unknown>;
  readonly versions: Record<string, CurrentVersion>;
}

/** Writes whole transactions, in order, and commits them together. @throws what aborted the database transaction */
export async function writeTransactions(
  database: ObjectTransaction,
  transactions: readonly TransactionRecord[],
): Promise<void> {
  try {
    const objects = await readObjects(database, transactions);
    const writes = transactions.map((transaction) => writeTransaction(database, objects, transaction));
    await Promise.all(writes);
    for (const [id, { properties, versions }] of objects) {
      quietly(database.objectStore('objects').put({ id, properties }));
      quietly(database.objectStore('clocks').put({ id, versions }));
    }
  } catch (thrown) {
    // Either the database aborted, and `done` tells why, or a value cannot be stored.
    const reason = database.error ?? thrown;
    quietly(database.done);
    if (!database.error) database.abort();
    throw reason;
  }
  await database.done;
}

/** A single request's failure aborts the transaction, whose end is what is waited for. */
const quietly = (request: Promise<unknown>): void => {
  request.catch(() => undefined);
};

async function readObjects(
  database: ObjectTransaction,
  transactions: readonly TransactionRecord[],
): Promise<Map<string, OpenObject>> {
  const ids = new Set(transactions.flatMap(({ changes }) => changes.map(({ objectId }) => objectId)));
  const objects = new Map<string, OpenObject>();
  await Promise.all(
    Array.from(ids, async (id) => {
      const [object, clocks] = await Promise.all([
        database.objectStore('objects').get(id),
        database.objectStore('clocks').get(id),
      ]);
      objects.set(id, { properties: { ...object?.properties }, versions: { ...clocks?.versions } });
    }),
  );
  return objects;
}

async function writeTransaction(
  database: ObjectTransaction,
  objects: ReadonlyMap<string, OpenObject>,
  transaction: TransactionRecord,
): Promise<void> {
  const { changes, ...head } = transaction;
  const keys = changes.map((change) => {
    const object = defined(objects.get(change.objectId), change.objectId);
    return database.objectStore('versions').add(applyChange(object, change, head));
  });
  keys.forEach(quietly);
  // Keys given out without a pause follow each other: the first one and the number tell them all.
  const firstVersion = (await keys[0]) ?? 0;
  await database.objectStore('transactions').add({ ...head, firstVersion, versions: keys.length });
}

function applyChange(
  { properties, versions }: OpenObject,
  { objectId, property, before, after }: PropertyChange,
  { id, time, device, author }: Omit<TransactionRow, 'firstVersion' | 'versions'>,
): VersionRow {
  const current = versions[property];
  const version: CurrentVersion = { time, device, transactionId: id };
  if (!current || compareStamps(version, current) > 0) {
    versions[property] = version;
    if (after === undefined) delete properties[property];
    else properties[property] = after;
  }
  return { ...version, objectId, property, author, before, after, parent: current?.transactionId ?? null };
}
