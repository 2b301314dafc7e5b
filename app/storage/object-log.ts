// Writes transactions into the object database: versions are appended, and become current if nothing newer is there.
import { defined } from '../core/assert.ts';
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import { compareStamps } from './merge-rule.ts';
import {
  type CurrentVersion,
  newestCheckpoint,
  type ObjectTransaction,
  type VersionChange,
  type VersionRow,
} from './object-database.ts';
import type { CheckpointAt, TransactionHead } from './types.ts';

interface OpenObject {
  owner: string | undefined;
  readonly properties: Record<string, unknown>;
  readonly versions: Record<string, CurrentVersion>;
}

/**
 * Writes whole transactions, in order, with the checkpoint that follows one of them, and commits all together.
 * @returns how many rows the log got
 * @throws what aborted the database transaction
 */
export async function writeTransactions(
  database: ObjectTransaction,
  transactions: readonly TransactionRecord[],
  checkpoint?: CheckpointAt,
): Promise<number> {
  let rows = 0;
  try {
    const objects = await readObjects(database, transactions);
    const written = transactions.map((transaction) => writeVersions(database, objects, transaction));
    for (const [index, { changes: _changes, ...head }] of transactions.entries()) {
      const keys = written[index] ?? [];
      rows += keys.length;
      // Keys given out without a pause follow each other: the first one and the number tell them all.
      const row = { ...head, firstRow: (await keys[0]) ?? 0, rows: keys.length };
      const after = quietly(database.objectStore('transactions').add(row));
      if (head.id === checkpoint?.after) {
        const { value } = checkpoint;
        void quietly(database.objectStore('checkpoints').put({ id: newestCheckpoint, after: await after, value }));
      }
    }
    for (const [id, { owner, properties, versions }] of objects) {
      void quietly(database.objectStore('objects').put({ id, properties, ...(owner === undefined ? {} : { owner }) }));
      void quietly(database.objectStore('clocks').put({ id, versions }));
    }
  } catch (thrown) {
    // Either the database aborted, and `done` tells why, or a value cannot be stored.
    const reason = database.error ?? thrown;
    void quietly(database.done);
    if (!database.error) database.abort();
    throw reason;
  }
  await database.done;
  return rows;
}

/** A single request's failure aborts the transaction, whose end is what is waited for. */
export function quietly<Value>(request: Promise<Value>): Promise<Value> {
  request.catch(() => undefined);
  return request;
}

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
      objects.set(id, {
        owner: object?.owner,
        properties: { ...object?.properties },
        versions: { ...clocks?.versions },
      });
    }),
  );
  return objects;
}

/** The keys that the log's rows get. */
function writeVersions(
  database: ObjectTransaction,
  objects: ReadonlyMap<string, OpenObject>,
  { changes, ...head }: TransactionRecord,
): Promise<number>[] {
  const rows = Array.from(
    Map.groupBy(changes, ({ objectId }) => objectId),
    ([objectId, changesOfObject]) =>
      applyChanges(defined(objects.get(objectId), objectId), objectId, changesOfObject, head),
  );
  return rows.map((row) => quietly(database.objectStore('versions').add(row)));
}

function applyChanges(
  object: OpenObject,
  objectId: string,
  changes: readonly PropertyChange[],
  { id, time, device, author }: TransactionHead,
): VersionRow {
  const { properties, versions } = object;
  const version: CurrentVersion = { time, device, transactionId: id };
  const applied = changes.map(({ property, before, after }): VersionChange => {
    const current = versions[property];
    if (property === 'kind' && before === undefined) object.owner ??= author;
    if (!current || compareStamps(version, current) > 0) {
      versions[property] = version;
      if (after === undefined) delete properties[property];
      else properties[property] = after;
    }
    return { property, before, after, parent: current?.transactionId ?? null };
  });
  return { ...version, objectId, author, changes: applied };
}
