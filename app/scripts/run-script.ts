// One script from its source to what it asks of the session: in a sandbox, on a copy; or only whether it could be run.
import * as v from 'valibot';
import { AtomeError, type ErrorReport, reportOf } from '../protocol/errors.ts';
import { fields } from '../protocol/kinds.ts';
import { Sandbox } from './sandbox.ts';
import { ScriptDraft } from './script-draft.ts';
import { failureOf, type ScriptJob, type ScriptOutcome, type ScriptText } from './script-job.ts';

/** Lines that are kept of what a script logs, and their length in UTF-16 code units. */
const mostLines = 1000;
const longestLine = 1000;

/** A script that is ready to run; what it came to is told and not thrown. */
export type ReadyScript = () => ScriptOutcome;

/**
 * Does all that comes before a script and counts against no limit of it.
 * @param interpreter the sandbox's WebAssembly, compiled
 */
export async function prepareScript(interpreter: WebAssembly.Module, job: ScriptJob): Promise<ReadyScript> {
  const log: string[] = [];
  const failed = (thrown: unknown): ScriptOutcome => ({
    ok: false,
    error: failureOf(job.name, reportOf(thrown, 'ERR_SCRIPT')),
    log,
  });
  try {
    const sandbox = await Sandbox.create(interpreter, { time: job.timeLimit, memory: job.memoryLimit });
    const draft = new ScriptDraft(job.copy);
    sandbox.setValue('args', job.args);
    sandbox.setFunction('dispatch', (command) => draft.dispatch(command));
    sandbox.setFunction('state', () => draft.state());
    sandbox.setFunction('log', (...values) => {
      if (log.length < mostLines) log.push(values.map(inWords).join(' ').slice(0, longestLine));
    });
    return () => {
      try {
        const value = sandbox.run(job.source);
        if (value !== undefined && !v.is(fields.json, value))
          throw new AtomeError('ERR_SCRIPT', 'its result is too deep');
        return { ok: true, work: { value, ...draft.collected }, log };
      } catch (thrown) {
        return failed(thrown);
      }
    };
  } catch (thrown) {
    return () => failed(thrown);
  }
}

/** What keeps a source from being run, as an error under its name; undefined where nothing does. */
export async function checkScript(
  interpreter: WebAssembly.Module,
  { source, name, timeLimit, memoryLimit }: ScriptText,
): Promise<ErrorReport | undefined> {
  try {
    const sandbox = await Sandbox.create(interpreter, { time: timeLimit, memory: memoryLimit });
    sandbox.check(source);
    return undefined;
  } catch (thrown) {
    return failureOf(name, reportOf(thrown, 'ERR_SCRIPT'));
  }
}

const inWords = (value: unknown): string => (typeof value === 'string' ? value : String(JSON.stringify(value)));
