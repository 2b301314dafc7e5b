// Values by name, as payloads and parameters are: a schema that refuses what a plain record would drop without a word.
import * as v from 'valibot';

/** What every object has by itself; copies leave it out. */
const reserved: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** A plain object with any names but the reserved ones. Lists and maps are none: their values would be lost. */
export const namedValues = <const Value extends v.GenericSchema>(value: Value) =>
  v.pipe(
    v.custom<Record<string, v.InferInput<Value>>>(isPlain, 'must be Object'),
    v.rawCheck(({ dataset: { typed, value: input }, addIssue }) => {
      const key = typed ? reservedIn(input) : undefined;
      if (!typed || key === undefined) return;
      const path: v.ObjectPathItem = { type: 'object', origin: 'value', input, key, value: input[key] };
      addIssue({ message: 'no such field', path: [path] });
    }),
    v.record(v.string(), value),
  );

function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function reservedIn(values: Readonly<Record<string, unknown>>): string | undefined {
  for (const name in values) if (reserved.has(name)) return name;
  return undefined;
}
