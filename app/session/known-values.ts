// Stored objects against their schemas, quickly: thousands of them hold the same few values, each of which is checked once.
import type * as v from 'valibot';
import { type AtomeObject, isKind, type Kind, kindSchemas, kinds } from '../protocol/kinds.ts';
import { parsedObject, parsedProperty } from './validate.ts';

interface KnownProperty {
  readonly name: string;
  readonly isOptional: boolean;
  /** What the schema has vouched for as it is; its verdict on a value is always the same. */
  readonly values: Set<unknown>;
}

/** Values remembered per property; in a long project most places and gains are of their own. */
const mostValues = 1000;

export class KnownValues {
  readonly #properties = new Map<Kind, readonly KnownProperty[]>(kinds.map((kind) => [kind, propertiesOf(kind)]));

  /** As `parsedObject`. @throws AtomeError ERR_BAD_COMMAND */
  object(id: string, kind: Kind, properties: Readonly<Record<string, unknown>>): AtomeObject {
    const object: Record<string, unknown> = { id, kind };
    for (const known of this.#properties.get(kind) ?? []) {
      if (Object.hasOwn(properties, known.name)) object[known.name] = this.#value(kind, known, properties[known.name]);
      // What is missing is named as it always is.
      else if (!known.isOptional) return parsedObject(id, kind, properties);
    }
    return object as AtomeObject;
  }

  /** Whether a living object is valid just as it is, with its id and kind among its properties. */
  vouchesFor(object: Readonly<Record<string, unknown>>): object is AtomeObject & Readonly<Record<string, unknown>> {
    const { kind } = object;
    if (typeof kind !== 'string' || !isKind(kind)) return false;
    let names = 2;
    for (const known of this.#properties.get(kind) ?? []) {
      const value = object[known.name];
      if (value === undefined ? !known.isOptional : !this.#isPlain(kind, known, value)) return false;
      if (value !== undefined) names++;
    }
    return Object.keys(object).length === names;
  }

  #isPlain(kind: Kind, known: KnownProperty, value: unknown): boolean {
    if (known.values.has(value)) return true;
    try {
      return this.#value(kind, known, value) === value;
    } catch {
      return false;
    }
  }

  #value(kind: Kind, { name, values }: KnownProperty, value: unknown): unknown {
    if (values.has(value)) return value;
    const checked = parsedProperty(kind, name, value);
    const isPlain = typeof value !== 'object' || value === null;
    if (isPlain && checked === value && values.size < mostValues) values.add(value);
    return checked;
  }
}

function propertiesOf(kind: Kind): KnownProperty[] {
  const entries: Readonly<Record<string, v.GenericSchema>> = kindSchemas[kind].entries;
  return Object.entries(entries).map(([name, { type }]) => ({
    name,
    isOptional: type === 'optional',
    values: new Set(),
  }));
}
