// What a script made of its copy of the session, and how the session comes to the same by itself.
import type { Command } from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AppState } from '../protocol/state.ts';
import type { Edit } from './edit.ts';
import { carryOutAll } from './edit-work.ts';
import type { ObjectMap } from './object-map.ts';
import { isEdit, type ParsedCommand, parseCommand } from './parse.ts';

/** All that a copy of the session is made from. */
export interface SessionCopy {
  readonly state: AppState;
  /** Who made which object. */
  readonly owners: readonly (readonly [objectId: string, owner: string])[];
  readonly author: string;
}

/** What a script asks for; nothing of it has happened in the session yet. */
export interface ScriptWork {
  /** What the script returned, a JSON value; undefined for nothing. */
  readonly value: unknown;
  /** Edits and batches of them, in the order they were accepted. */
  readonly edits: readonly Command[];
  /** Every id that carrying them out took, in order: the session takes the same, so that what the script knows is true. */
  readonly ids: readonly string[];
  /** The ids that the script was told. */
  readonly created: readonly string[];
  /** What happens once the edits have: play, stop, seek. */
  readonly live: readonly Command[];
}

export function copyOf(objects: ObjectMap, state: AppState, author: string): SessionCopy {
  const owners = Object.keys(state.objects).flatMap((id): [string, string][] => {
    const owner = objects.ownerOf(id);
    return owner === undefined ? [] : [[id, owner]];
  });
  return { state, owners, author };
}

/** Ids as the script took them; fresh ones when there are no more. */
export function idsOf({ ids }: ScriptWork, createId: () => string): () => string {
  let taken = 0;
  return () => ids[taken++] ?? createId();
}

/** Carries the edits out where they count. @throws AtomeError when they no longer fit what is there */
export function repeatWork(edit: Edit, { edits, created }: ScriptWork): void {
  for (const command of edits) carryOutAll(edit, editsOf(parseCommand(command)));
  const same = created.length === edit.created.length && created.every((id, index) => edit.created[index] === id);
  if (!same) throw new AtomeError('ERR_REFUSED', 'the project changed meanwhile');
}

/** The edits that a command consists of. @throws AtomeError for commands that are none */
export function editsOf(command: ParsedCommand) {
  if (command.cmd === 'BATCH') return command.commands;
  if (isEdit(command)) return [command];
  throw new AtomeError('ERR_BAD_COMMAND', `cmd: ${command.cmd} is no edit`);
}
