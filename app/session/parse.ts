// From anything a client may send to a command that its schema vouches for.
import type * as v from 'valibot';
import {
  batchCommand,
  commandSchemas,
  editCommands,
  type LiveCommandType,
  type liveCommands,
  normaliseCommand,
} from '../protocol/commands.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { AnyParsedEdit } from './edit-commands.ts';
import { parsedInput } from './validate.ts';

export type ParsedLive = { [T in LiveCommandType]: v.InferOutput<(typeof liveCommands)[T]> }[LiveCommandType];
export interface ParsedBatch {
  readonly cmd: 'BATCH';
  readonly reqId?: string | undefined;
  readonly label?: string | undefined;
  readonly gesture?: string | undefined;
  readonly commands: readonly AnyParsedEdit[];
}
export type ParsedCommand = AnyParsedEdit | ParsedLive | ParsedBatch;

/** @throws AtomeError ERR_UNKNOWN_COMMAND or ERR_BAD_COMMAND; whatever a hostile object throws when it is read. */
export function parseCommand(input: unknown): ParsedCommand {
  const command = normaliseCommand(input);
  if (typeof command !== 'object' || command === null) {
    throw new AtomeError('ERR_BAD_COMMAND', 'command: must be an object');
  }
  const name: unknown = 'cmd' in command ? command.cmd : undefined;
  if (name === 'BATCH') return parsedInput(batchCommand, withNormalParts(command)) as ParsedBatch;
  if (typeof name !== 'string' || !isCommandName(name)) {
    throw new AtomeError(
      'ERR_UNKNOWN_COMMAND',
      typeof name === 'string' ? `cmd: ${name.slice(0, 100)}` : 'cmd: missing',
    );
  }
  return parsedInput(commandSchemas[name], command);
}

export const isEdit = (command: ParsedCommand): command is AnyParsedEdit => Object.hasOwn(editCommands, command.cmd);

/** The request id of anything that has one, for the answer to what could not be parsed. */
export function requestIdOf(input: unknown): string | undefined {
  try {
    const { reqId } = input as { reqId?: unknown };
    return typeof reqId === 'string' && reqId.length <= 100 ? reqId : undefined;
  } catch {
    return undefined;
  }
}

const isCommandName = (name: string): name is keyof typeof commandSchemas => Object.hasOwn(commandSchemas, name);

function withNormalParts(batch: object): object {
  const commands: unknown = 'commands' in batch ? batch.commands : undefined;
  return Array.isArray(commands) ? { ...batch, commands: commands.map(normaliseCommand) } : batch;
}
