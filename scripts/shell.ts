// What the shell commands share: how they read their options, and how they say what went wrong.
import { parseArgs } from 'node:util';

interface Options {
  /** With a value each, which may begin with a minus sign. */
  readonly values: readonly string[];
  readonly flags?: readonly string[];
  readonly usage: string;
}

interface Read {
  readonly positionals: readonly string[];
  readonly values: Readonly<Record<string, string | undefined>>;
  readonly flags: ReadonlySet<string>;
}

/** @throws Error with what to tell the person; asked for help, that is how to call it */
export function readOptions(parameters: readonly string[], { values, flags = [], usage }: Options): Read {
  if (parameters.includes('--help')) throw new Error(usage);
  const named = (names: readonly string[], type: 'string' | 'boolean') =>
    names.map((name) => [name, { type }] as const);
  try {
    const read = parseArgs({
      args: withValuesJoined(parameters, values),
      allowPositionals: true,
      options: Object.fromEntries([...named(values, 'string'), ...named(flags, 'boolean')]),
    });
    const given = Object.entries(read.values);
    return {
      positionals: read.positionals,
      values: Object.fromEntries(given.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []))),
      flags: new Set(given.flatMap(([name, value]) => (value === true ? name : []))),
    };
  } catch (thrown) {
    throw new Error(`${sentenceOf(thrown)}\n${usage}`);
  }
}

/** `--semitones -5` becomes `--semitones=-5`. */
function withValuesJoined(parameters: readonly string[], values: readonly string[]): string[] {
  const takesValue = (parameter: string | undefined): boolean => values.some((name) => parameter === `--${name}`);
  return parameters.flatMap((parameter, index) => {
    if (takesValue(parameters[index - 1])) return [];
    return takesValue(parameter) && index + 1 < parameters.length
      ? [`${parameter}=${parameters[index + 1]}`]
      : [parameter];
  });
}

interface Range {
  readonly lowest: number;
  /** Default: none. */
  readonly highest?: number;
  readonly usage: string;
}

/** @throws Error with what to tell the person */
export function numberOf(option: string, text: string, { lowest, highest = Number.MAX_VALUE, usage }: Range): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= lowest && value <= highest) return value;
  const range = highest === Number.MAX_VALUE ? `of ${lowest} or more` : `from ${lowest} to ${highest}`;
  throw new Error(`${option} ${text}: not a number ${range}\n${usage}`);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder',
  EISDIR: 'That is a folder, not a file',
  ENOTDIR: 'That is not a folder',
  EACCES: 'That may not be read or written',
  EPERM: 'That may not be read or written',
  EROFS: 'That may not be written',
  ENOSPC: 'The disk is full',
};

/** What to tell the person about anything that was thrown. */
export function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { code, path } = thrown as NodeJS.ErrnoException;
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined) return thrown.message;
  return path === undefined ? `${reason}.` : `${reason}: ${path}`;
}
