// What the session worker may ask of the script worker.
import type { ScriptJob, ScriptOutcome } from '../scripts/script-job.ts';

export interface ScriptWorkerApi {
  /** Loads the interpreter; what that takes counts against no script. */
  prepare(): Promise<void>;
  /** Gets a script ready; what that takes counts against it no more. */
  take(job: ScriptJob): Promise<void>;
  /** Runs the script that was taken last. */
  run(): Promise<ScriptOutcome>;
}
