// Many objects as one text: no other form of thousands of them is read so quickly.
import type { CopiedObject, StoredObject } from './types.ts';

export interface ObjectText {
  readonly text: string;
  /** Objects that the text would not give back as they are. */
  readonly others: readonly StoredObject[];
}

export function textOf(objects: readonly StoredObject[]): ObjectText {
  const copied: CopiedObject[] = [];
  const others: StoredObject[] = [];
  for (const object of objects) {
    const { id, properties, owner } = object;
    if (Object.hasOwn(properties, 'id') || !isKept(properties)) others.push(object);
    else copied.push([{ id, ...properties }, owner ?? null]);
  }
  return { text: JSON.stringify(copied), others };
}

export const objectsIn = (text: string): CopiedObject[] => JSON.parse(text) as CopiedObject[];

export function storedObject([{ id, ...properties }, owner]: CopiedObject): StoredObject {
  return owner === null ? { id, properties } : { id, properties, owner };
}

/** Whether a value is the same after it has been a text. */
function isKept(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'object':
      if (value === null) return true;
      if (Array.isArray(value)) return Object.keys(value).length === value.length && value.every(isKept);
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isKept);
    default:
      return false;
  }
}
