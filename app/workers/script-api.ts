// What the session worker may ask of the script worker.
import type { ErrorReport } from '../protocol/errors.ts';
import type { ScriptJob, ScriptOutcome, ScriptText } from '../scripts/script-job.ts';

export interface ScriptWorkerApi {
  /** Loads the interpreter; what that takes counts against no script. */
  prepare(): Promise<void>;
  /** Gets a script ready; what that takes counts against it no more. */
  take(job: ScriptJob): Promise<void>;
  /** Runs the script that was taken last. */
  run(): Promise<ScriptOutcome>;
  /** Compiles a script and runs nothing; answers why it cannot be run, if it cannot. */
  check(text: ScriptText): Promise<ErrorReport | undefined>;
}
