// A copy of all objects in one record, which is read at once where thousands of rows take their time. Nothing but time is
// lost without it: the rows are what counts, and the log tells which of them have changed since.
import { type ObjectDatabase, type ObjectReading, objectsCopy } from './object-database.ts';
import { objectsIn, storedObject, textOf } from './object-text.ts';
import type { CopiedObject, StoredObject } from './types.ts';

/** A copy of another form is of another program and not read. */
const form = 2;
/** Rows of the log that may have come since; after more of them the objects are read from their own rows. */
const mostRows = 512;

/** Objects as they were when a row of the log was its last one, or later. */
export interface CopySource {
  readonly lastRow: number;
  readonly parts: Iterable<readonly StoredObject[]> | AsyncIterable<readonly StoredObject[]>;
}

export interface ReadCopy {
  /** Objects that have not changed since, in the order of their ids. */
  readonly copied: readonly CopiedObject[];
  /** All others as they are now, likewise. */
  readonly others: readonly StoredObject[];
  /** Rows of the log that the copy does not have. */
  readonly rows: number;
}

/** undefined when there is no copy or too much has changed since. */
export async function readCopy(reading: ObjectReading): Promise<ReadCopy | undefined> {
  const copy = await reading.objectStore('checkpoints').get(objectsCopy);
  if (copy?.id !== objectsCopy || copy.form !== form) return undefined;
  const since = IDBKeyRange.lowerBound(copy.lastRow, true);
  const rows = await reading.objectStore('versions').getAll(since, mostRows + 1);
  if (rows.length > mostRows) return undefined;
  const store = reading.objectStore('objects');
  const ids = new Set(rows.map(({ objectId }) => objectId));
  const reread = await Promise.all(Array.from(ids, (id) => store.get(id)));
  const others = reread.filter((object) => object !== undefined);
  for (const part of copy.parts) for (const object of part.others) if (!ids.has(object.id)) others.push(object);
  const all = copy.parts.flatMap(({ text }) => objectsIn(text));
  const copied = ids.size === 0 ? all : all.filter(([{ id }]) => !ids.has(id));
  return { copied, others: others.sort(byId), rows: rows.length };
}

/** All of them, in the order of their ids. */
export const wholeCopy = ({ copied, others }: Pick<ReadCopy, 'copied' | 'others'>): StoredObject[] =>
  [...copied.map(storedObject), ...others].sort(byId);

const byId = (one: StoredObject, other: StoredObject): number => (one.id < other.id ? -1 : 1);

export async function writeCopy(database: ObjectDatabase, { lastRow, parts }: CopySource): Promise<void> {
  const texts = [];
  for await (const part of parts) texts.push(textOf(part));
  await database.put('checkpoints', { id: objectsCopy, form, lastRow, parts: texts });
}

/** The key of the log's last row. */
export async function lastRowOf(reading: ObjectReading): Promise<number> {
  const cursor = await reading.objectStore('versions').openKeyCursor(null, 'prev');
  return cursor?.primaryKey ?? 0;
}
