// Input, and objects as they are kept, against their schemas; whatever is wrong becomes an error that names the field.
import * as v from 'valibot';
import { AtomeError } from '../protocol/errors.ts';
import { type AtomeObject, type Kind, kindSchemas } from '../protocol/kinds.ts';
import { clipped, problemText } from './problem-text.ts';

/**
 * What somebody sent, parsed. Names that a schema does not know are refused at any depth: who sent them would take them for
 * kept. @throws AtomeError ERR_BAD_COMMAND
 */
export function parsedInput<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  field?: string,
): v.InferOutput<Schema> {
  const output = parsed(schema, input, field);
  const left = leftOut(input, output);
  if (left === undefined) return output;
  const path = field === undefined ? left : `${field}.${left}`;
  throw new AtomeError('ERR_BAD_COMMAND', clipped(`${path}: no such field`));
}

type Values = Readonly<Record<string, unknown>>;

/** Where in the input the first name is that its schema did not take over. */
function leftOut(input: unknown, output: unknown): string | undefined {
  if (input === output || typeof input !== 'object' || typeof output !== 'object' || !input || !output)
    return undefined;
  const [given, taken] = [input as Values, output as Values];
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(taken, name)) return name;
    const inside = leftOut(given[name], taken[name]);
    if (inside !== undefined) return `${name}.${inside}`;
  }
  return undefined;
}

/**
 * The parsed value, a copy that shares nothing with the input but values of any shape. Names that its schema does not know
 * are left out: what another version has stored may have some. @throws AtomeError ERR_BAD_COMMAND
 */
function parsed<const Schema extends v.GenericSchema>(
  schema: Schema,
  input: unknown,
  field?: string,
): v.InferOutput<Schema> {
  const result = v.safeParse(schema, input, { abortEarly: true, abortPipeEarly: true });
  if (result.success) return result.output;
  throw new AtomeError('ERR_BAD_COMMAND', problemText(result.issues[0], field));
}

/** One property of a kind, parsed. @throws AtomeError ERR_BAD_COMMAND */
export const parsedProperty = (kind: Kind, property: string, value: unknown): unknown =>
  parsed(schemaOf(kind, property), value, property);

/** The same as somebody sent it: with nothing in it that would be left out. @throws AtomeError ERR_BAD_COMMAND */
export const parsedPropertyInput = (kind: Kind, property: string, value: unknown): unknown =>
  parsedInput(schemaOf(kind, property), value, property);

function schemaOf(kind: Kind, property: string): v.GenericSchema {
  const entries: Readonly<Record<string, v.GenericSchema>> = kindSchemas[kind].entries;
  const schema = Object.hasOwn(entries, property) ? entries[property] : undefined;
  if (!schema) throw new AtomeError('ERR_BAD_COMMAND', `${clipped(property)}: ${kind} has no such property`);
  return schema;
}

/** A whole object from its kind and properties, or the reason why it is none. */
export function parsedObject(id: string, kind: Kind, properties: unknown): AtomeObject {
  return { id, kind, ...parsed(kindSchemas[kind], properties) } as AtomeObject;
}
