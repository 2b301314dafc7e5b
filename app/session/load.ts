// Stored objects back into memory; what the schema does not vouch for is left on disk and reported.
import { type AtomeObject, isKind, type Kind } from '../protocol/kinds.ts';
import type { CopiedObject, StoredObject, StoredSession } from '../storage/types.ts';
import { systemAuthor } from './edit.ts';
import { KnownValues } from './known-values.ts';
import { ObjectMap } from './object-map.ts';

/** An object that was left out, and why. */
export interface LeftOut {
  readonly id: string;
  readonly reason: string;
}

/** What a session begins with. */
export interface LoadedSession extends Omit<StoredSession, 'objects' | 'copied'> {
  readonly objects: ObjectMap;
  readonly leftOut: readonly LeftOut[];
}

export async function loadSession({ objects: parts, copied, ...rest }: StoredSession): Promise<LoadedSession> {
  const objects = new ObjectMap();
  const known = new KnownValues();
  const parse: ObjectParser = (id, kind, properties) => known.object(id, kind, properties);
  const leftOut: LeftOut[] = [];
  const add = (object: StoredObject): void => {
    addStored(objects, object, parse, (left) => leftOut.push(left));
    if (object.properties.deleted === true) objects.forget(object.id);
  };
  for await (const part of parts) {
    if (copied) addCopied(objects, known, copied, part, add);
    else for (const object of part) add(object);
  }
  return { ...rest, objects, leftOut };
}

/** Both kinds are in the order of their ids, and so are they together. */
function addCopied(
  objects: ObjectMap,
  known: KnownValues,
  copied: readonly CopiedObject[],
  others: readonly StoredObject[],
  add: (object: StoredObject) => void,
): void {
  let next = 0;
  for (const [object, owner] of copied) {
    for (let other = others[next]; other && other.id < object.id; other = others[++next]) add(other);
    if (known.vouchesFor(object)) {
      if (owner !== null && owner !== systemAuthor) objects.setOwner(object.id, owner);
      objects.restore(object.id, { object, living: true });
    } else {
      const { id, ...properties } = object;
      add({ id, properties, ...(owner === null ? {} : { owner }) });
    }
  }
  for (const other of others.slice(next)) add(other);
}

type ObjectParser = (id: string, kind: Kind, properties: Readonly<Record<string, unknown>>) => AtomeObject;

/** @param onLeftOut told of an object that is not valid */
export function addStored(
  objects: ObjectMap,
  { id, properties, owner }: StoredObject,
  parse: ObjectParser,
  onLeftOut?: (left: LeftOut) => void,
): void {
  const { kind, deleted, ...values } = properties;
  try {
    if (typeof kind !== 'string' || !isKind(kind)) throw new Error(`unknown kind ${String(kind)}`);
    if (owner !== undefined && owner !== systemAuthor) objects.setOwner(id, owner);
    objects.restore(id, { object: parse(id, kind, values), living: deleted !== true });
  } catch (error) {
    onLeftOut?.({ id, reason: String(error) });
  }
}
