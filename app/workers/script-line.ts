// The line to the script worker, which exists from the first script on and does not outlive one that went too far.
import * as comlink from 'comlink';
import { awakeTime } from '../core/awake-time.ts';
import { AtomeError, type ErrorReport, errorReport } from '../protocol/errors.ts';
import { failureOf, type ScriptJob, type ScriptOutcome, type ScriptText } from '../scripts/script-job.ts';
import type { ScriptWorkerApi } from './script-api.ts';

/** Milliseconds past a script's own limit, in which this thread is awake, after which its worker is ended. */
const patience = 500;

interface Running {
  readonly thread: Worker;
  readonly remote: comlink.Remote<ScriptWorkerApi>;
  /** Rejects when the worker fails by itself. */
  readonly failed: Promise<never>;
}

export class ScriptLine {
  #running: Promise<Running> | undefined;

  /** One at a time. @throws AtomeError ERR_SCRIPT, ERR_SCRIPT_TIME when the worker had to be ended */
  async run(job: ScriptJob): Promise<ScriptOutcome> {
    return this.#asked(async ({ remote, failed }) => {
      await Promise.race([remote.take(job), failed]);
      const outcome = await Promise.race([inTime<ScriptOutcome>(job, remote.run()), failed]);
      if (!outcome.ok && outcome.error.name !== 'ERR_SCRIPT') this.close();
      return outcome;
    });
  }

  /** Why a script cannot be run, if it cannot; nothing of it runs. @throws AtomeError as `run` does */
  async check(text: ScriptText): Promise<ErrorReport | undefined> {
    return this.#asked(async ({ remote, failed }) => {
      const wrong = await Promise.race([inTime(text, remote.check(text)), failed]);
      if (wrong && wrong.name !== 'ERR_SCRIPT_SYNTAX') this.close();
      return wrong;
    });
  }

  async #asked<Answer>(ask: (running: Running) => Promise<Answer>): Promise<Answer> {
    const running = await this.#started();
    try {
      return await ask(running);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    const running = this.#running;
    this.#running = undefined;
    void running?.then(({ thread }) => thread.terminate());
  }

  async #started(): Promise<Running> {
    this.#running ??= start();
    try {
      return await this.#running;
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }
}

/** @throws AtomeError ERR_SCRIPT_TIME when the outcome of a job does not come */
async function inTime<Outcome>({ name, timeLimit }: ScriptText, outcome: Promise<Outcome>): Promise<Outcome> {
  const limit = timeLimit + patience;
  const { over, cancel } = awakeTime(limit);
  const tooLate = over.then((): never => {
    throw new AtomeError(failureOf(name, errorReport('ERR_SCRIPT_TIME', `${limit} ms`)));
  });
  try {
    return await Promise.race([outcome, tooLate]);
  } finally {
    cancel();
  }
}

/** @throws AtomeError ERR_SCRIPT when the interpreter cannot be loaded */
async function start(): Promise<Running> {
  const thread = new Worker(new URL('./script.ts', import.meta.url), { type: 'module', name: 'script' });
  const failure = Promise.withResolvers<never>();
  failure.promise.catch(() => undefined);
  thread.onerror = () => failure.reject(new AtomeError('ERR_SCRIPT', 'its worker ended'));
  const remote = comlink.wrap<ScriptWorkerApi>(thread);
  try {
    await Promise.race([remote.prepare(), failure.promise]);
    return { thread, remote, failed: failure.promise };
  } catch (error) {
    thread.terminate();
    throw new AtomeError('ERR_SCRIPT', `the interpreter could not be loaded: ${String(error)}`);
  }
}
