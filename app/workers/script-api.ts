// What the session worker may ask of the script worker.
import type { ScriptJob, ScriptOutcome } from '../scripts/script-job.ts';

export interface ScriptWorkerApi {
  /** Loads the interpreter; what that takes counts against no script. */
  prepare(): Promise<void>;
  run(job: ScriptJob): Promise<ScriptOutcome>;
}
