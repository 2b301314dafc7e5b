// A copy of all objects in one record, which is read at once where thousands of rows take their time. Nothing but time is
// lost without it: the rows are what counts, and the log tells which of them have changed since.
import { type ObjectDatabase, type ObjectReading, objectsCopy } from './object-database.ts';
import { packObjects, unpackObjects } from './packed-objects.ts';
import type { StoredObject } from './types.ts';

/** A copy of another form is of another program and not read. */
const form = 1;
/** Rows of the log that may have come since; after more of them the objects are read from their own rows. */
const mostRows = 512;

/** Objects as they were when a row of the log was its last one, or later. */
export interface CopySource {
  readonly lastRow: number;
  readonly parts: Iterable<readonly StoredObject[]> | AsyncIterable<readonly StoredObject[]>;
}

export interface ReadCopy {
  /** As they are now, in the order of their ids. */
  readonly objects: StoredObject[];
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
  const changed = await Promise.all(Array.from(ids, (id) => store.get(id)));
  const copied = copy.parts.flatMap(unpackObjects);
  if (ids.size === 0) return { objects: copied, rows: 0 };
  const objects = copied.filter(({ id }) => !ids.has(id));
  for (const object of changed) if (object) objects.push(object);
  objects.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { objects, rows: rows.length };
}

export async function writeCopy(database: ObjectDatabase, { lastRow, parts }: CopySource): Promise<void> {
  const packed = [];
  for await (const part of parts) packed.push(packObjects(part));
  await database.put('checkpoints', { id: objectsCopy, form, lastRow, parts: packed });
}

/** The key of the log's last row. */
export async function lastRowOf(reading: ObjectReading): Promise<number> {
  const cursor = await reading.objectStore('versions').openKeyCursor(null, 'prev');
  return cursor?.primaryKey ?? 0;
}
