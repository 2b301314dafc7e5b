// The shape of a command's handler, and the errors handlers answer with.
import type * as v from 'valibot';
import type { EditCommandType, editCommands } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { Edit } from './edit.ts';

/** A command as its schema hands it on. */
export type ParsedEdit<T extends EditCommandType> = v.InferOutput<(typeof editCommands)[T]>;

/** Carries a command out on the edit. @throws AtomeError when it does not fit; the edit is then rolled back. */
export type EditHandler<T extends EditCommandType> = (edit: Edit, command: ParsedEdit<T>) => void;

export const refused = (reason: string): AtomeError => new AtomeError('ERR_REFUSED', reason);

/** What was given: optional fields may be there without a value. */
export function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  const defined: Partial<Fields> = {};
  for (const name in fields) if (fields[name] !== undefined) defined[name] = fields[name];
  return defined as Defined<Fields>;
}

type Defined<Fields> = { [Name in keyof Fields]: Exclude<Fields[Name], undefined> };
