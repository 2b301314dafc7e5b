// Runs scripts for the session, one after another: each on a copy of its own, then as one step of the session.
import { AtomeError, type ErrorReport, errorReport } from '../protocol/errors.ts';
import type { Logger } from '../protocol/logger.ts';
import { isToBeHeard } from '../protocol/to-be-heard.ts';
import { failureOf } from '../scripts/script-job.ts';
import type { ScriptCommand } from '../session/live-commands.ts';
import type { Session } from '../session/session.ts';
import { Turns } from '../session/turns.ts';
import { ScriptLine } from './script-line.ts';

/** Milliseconds and MiB, where a script says nothing else. */
const defaultLimits = { time: 1000, memory: 32 };
const defaultName = 'Script';

type CheckCommand = Extract<ScriptCommand, { cmd: 'CHECK_SCRIPT' }>;
type RunCommand = Extract<ScriptCommand, { cmd: 'RUN_SCRIPT' }>;

export interface SessionScriptsOptions {
  readonly logger: Logger;
  /** Makes what a script plays heard. */
  readonly startSound: () => Promise<unknown>;
}

export class SessionScripts {
  readonly #options: SessionScriptsOptions;
  readonly #line = new ScriptLine();
  readonly #turns = new Turns();

  constructor(options: SessionScriptsOptions) {
    this.#options = options;
  }

  /**
   * Runs a script, or only sees whether it could be run.
   *
   * @param id of the step it becomes
   * @returns what the script returned
   * @throws AtomeError ERR_SCRIPT, ERR_SCRIPT_TIME, ERR_SCRIPT_MEMORY; then nothing of it is kept; ERR_SCRIPT_SYNTAX
   */
  async run(session: Session, command: ScriptCommand, id: string | undefined): Promise<unknown> {
    return this.#turns.run(() =>
      command.cmd === 'CHECK_SCRIPT' ? this.#check(command) : this.#run(session, command, id),
    );
  }

  close(): void {
    this.#line.close();
  }

  async #check({ source, name = defaultName }: CheckCommand): Promise<void> {
    const { time: timeLimit, memory: memoryLimit } = defaultLimits;
    const wrong = await this.#line.check({ source, name, timeLimit, memoryLimit });
    if (wrong) throw new AtomeError(wrong);
  }

  async #run(session: Session, command: RunCommand, id: string | undefined): Promise<unknown> {
    const { source, args = null, name = defaultName } = command;
    const { time_limit: timeLimit = defaultLimits.time, memory_limit: memoryLimit = defaultLimits.memory } = command;
    const job = { source, args, name, timeLimit, memoryLimit, copy: session.copy() };
    const outcome = await this.#line.run(job);
    if (outcome.log.length > 0) this.#options.logger.info('a script says', { name, lines: outcome.log });
    if (!outcome.ok) throw new AtomeError(outcome.error);
    const { work } = outcome;
    if (work.edits.length > 0) {
      const reply = await session.performWork(name, work, id);
      if (!reply.ok) throw asOfScript(name, reply.error);
    }
    if (work.live.some(isToBeHeard)) await this.#options.startSound();
    for (const live of work.live) {
      const reply = await session.dispatch(live);
      if (!reply.ok) this.#options.logger.warning('what a script asked for was refused', { name, error: reply.error });
    }
    return work.value;
  }
}

/** Storage has codes of its own; all else is a script that came too late for what it found. */
const asOfScript = (name: string, error: ErrorReport): AtomeError =>
  error.name.startsWith('ERR_STORAGE') || error.name === 'ERR_DISK_FULL'
    ? new AtomeError(error)
    : new AtomeError(failureOf(name, errorReport('ERR_SCRIPT', error.msg)));
