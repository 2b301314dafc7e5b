// Stored objects as columns, for where thousands of them are stored or sent as one value.
import {
  type PackedColumn,
  type PackedRecords,
  packColumn,
  packRecords,
  unpackColumn,
  unpackRecords,
} from '../core/packed-records.ts';
import type { StoredObject } from './types.ts';

export interface PackedObjects {
  readonly ids: readonly string[];
  readonly owners: PackedColumn;
  readonly properties: PackedRecords;
}

export const packObjects = (objects: readonly StoredObject[]): PackedObjects => ({
  ids: objects.map(({ id }) => id),
  owners: packColumn(objects.map(({ owner }) => owner)),
  properties: packRecords(objects.map(({ properties }) => properties)),
});

export function unpackObjects({ ids, owners, properties }: PackedObjects): StoredObject[] {
  const records = unpackRecords(properties);
  const ownerOf = unpackColumn(owners) as readonly (string | undefined)[];
  return ids.map((id, index) => {
    const owner = ownerOf[index];
    const record = records[index] ?? {};
    return owner === undefined ? { id, properties: record } : { id, properties: record, owner };
  });
}
