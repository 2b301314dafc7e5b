// Stored objects back into memory; what the schema does not vouch for is left on disk and reported.
import { isKind } from '../protocol/kinds.ts';
import type { StoredObject } from '../storage/types.ts';
import { systemAuthor } from './edit.ts';
import { ObjectMap } from './object-map.ts';
import { parsedObject } from './validate.ts';

export function loadObjects(
  stored: readonly StoredObject[],
  log?: (message: string, data?: unknown) => void,
): ObjectMap {
  const objects = new ObjectMap();
  for (const { id, properties, owner } of stored) {
    const { kind, deleted, ...values } = properties;
    try {
      if (typeof kind !== 'string' || !isKind(kind)) throw new Error(`unknown kind ${String(kind)}`);
      if (owner !== undefined && owner !== systemAuthor) objects.setOwner(id, owner);
      objects.restore(id, { object: parsedObject(id, kind, values), living: deleted !== true });
    } catch (error) {
      log?.('a stored object is not valid and was left out', { id, reason: String(error) });
    }
  }
  return objects;
}
