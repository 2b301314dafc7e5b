// Input and objects against their schemas; whatever is wrong becomes an error that names the field.
import * as v from 'valibot';
import { AtomeError } from '../protocol/errors.ts';
import { type AtomeObject, type Kind, kindSchemas } from '../protocol/kinds.ts';
import { clipped, problemText } from './problem-text.ts';

/** The parsed value, a copy that shares nothing with the input. @throws AtomeError ERR_BAD_COMMAND */
export function parsed<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  field?: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true, abortPipeEarly: true });
  if (result.success) return result.output;
  throw new AtomeError('ERR_BAD_COMMAND', problemText(result.issues[0], field));
}

/** One property of a kind, parsed. @throws AtomeError ERR_BAD_COMMAND */
export function parsedProperty(kind: Kind, property: string, value: unknown): unknown {
  const entries: Readonly<Record<string, v.GenericSchema>> = kindSchemas[kind].entries;
  const schema = Object.hasOwn(entries, property) ? entries[property] : undefined;
  if (!schema) throw new AtomeError('ERR_BAD_COMMAND', `${clipped(property)}: ${kind} has no such property`);
  return parsed(schema, value, property);
}

/** A whole object from its kind and properties, or the reason why it is none. */
export function parsedObject(id: string, kind: Kind, properties: unknown): AtomeObject {
  return { id, kind, ...parsed(kindSchemas[kind], properties) } as AtomeObject;
}
