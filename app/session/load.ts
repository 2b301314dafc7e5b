// Stored objects back into memory; what the schema does not vouch for is left on disk and reported.
import { isKind } from '../protocol/kinds.ts';
import type { StoredObject } from '../storage/types.ts';
import { systemAuthor } from './edit.ts';
import { ObjectMap } from './object-map.ts';
import { parsedObject } from './validate.ts';

type Log = (message: string, data?: unknown) => void;

export function loadObjects(stored: readonly StoredObject[], log?: Log): ObjectMap {
  const objects = new ObjectMap();
  for (const object of stored) {
    addStored(objects, object, log);
    if (object.properties.deleted === true) objects.forget(object.id);
  }
  return objects;
}

export function addStored(objects: ObjectMap, { id, properties, owner }: StoredObject, log?: Log): void {
  const { kind, deleted, ...values } = properties;
  try {
    if (typeof kind !== 'string' || !isKind(kind)) throw new Error(`unknown kind ${String(kind)}`);
    if (owner !== undefined && owner !== systemAuthor) objects.setOwner(id, owner);
    objects.restore(id, { object: parsedObject(id, kind, values), living: deleted !== true });
  } catch (error) {
    log?.('a stored object is not valid and was left out', { id, reason: String(error) });
  }
}
