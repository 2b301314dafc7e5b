// What a script is run with, and what comes of it.
import type { ErrorReport } from '../protocol/errors.ts';
import type { ScriptWork, SessionCopy } from '../session/script-work.ts';

export interface ScriptText {
  readonly source: string;
  /** Names the script in its errors. */
  readonly name: string;
  /** Milliseconds. */
  readonly timeLimit: number;
  /** MiB. */
  readonly memoryLimit: number;
}

export interface ScriptJob extends ScriptText {
  /** The global `args`, a JSON value. */
  readonly args: unknown;
  readonly copy: SessionCopy;
}

/** `log` holds what it logged, up to a bound, also when it failed. */
export type ScriptOutcome =
  | { readonly ok: true; readonly work: ScriptWork; readonly log: readonly string[] }
  | { readonly ok: false; readonly error: ErrorReport; readonly log: readonly string[] };

/** A failure with the name of the script that it is of. */
export const failureOf = (name: string, report: ErrorReport): ErrorReport => ({
  ...report,
  msg: `“${name}”: ${report.msg}`,
});
