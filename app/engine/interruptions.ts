// What interrupted the sound between two looks at the engine; the status line counts it, the log tells it.
import { type ErrorReport, errorReport } from '../protocol/errors.ts';
import type { EngineStatus } from './audio-engine.ts';

type Counted = Pick<EngineStatus, 'underruns' | 'starvedFrames'>;

export function interruptions(before: Counted, now: Counted): ErrorReport[] {
  const underruns = now.underruns - before.underruns;
  const starved = now.starvedFrames - before.starvedFrames;
  const reports: ErrorReport[] = [];
  if (underruns > 0) reports.push(errorReport('ERR_AUDIO_DROPOUT', `${underruns} underruns`));
  if (starved > 0) reports.push(errorReport('ERR_STARVED', `${starved} frames`));
  return reports;
}
