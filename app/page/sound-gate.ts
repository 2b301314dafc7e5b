// Starts the sound when something is to be heard, and again at the next gesture when the browser wants one first.
import type { SoundOutput } from '../engine/sound-output.ts';
import { errorReport, reportOf } from '../protocol/errors.ts';
import type { Notices } from './notices.ts';

/** Without a gesture the browser leaves the request open for good; by then it would have granted it. */
const grantMilliseconds = 1000;

export interface SoundGate {
  /** Resolves to true when the sound runs, to false when the browser evidently waits for a gesture; a notice says so. */
  ensure(): Promise<boolean>;
  /** The output is no longer wanted: no gesture starts it. */
  close(): void;
}

export function createSoundGate(output: SoundOutput, notices: Notices): SoundGate {
  let starting: Promise<void> | undefined;
  let waiting = new AbortController();

  const start = (): Promise<void> => {
    starting ??= output.start().finally(() => {
      starting = undefined;
    });
    return starting;
  };

  function startAtNextGesture(): void {
    waiting.abort();
    waiting = new AbortController();
    const { signal } = waiting;
    const go = (): void => {
      waiting.abort();
      // The request made before is granted by the gesture or repeated inside it.
      starting = undefined;
      start().catch((thrown: unknown) => notices.report(reportOf(thrown, 'ERR_ENGINE_START')));
    };
    for (const gesture of ['pointerdown', 'keydown']) {
      window.addEventListener(gesture, go, { signal, capture: true });
    }
  }

  return {
    async ensure() {
      if (output.status().contextState === 'running') return true;
      const granted = await Promise.race([
        start().then(() => true),
        new Promise<false>((resolve) => setTimeout(() => resolve(false), grantMilliseconds)),
      ]);
      if (granted) return true;
      notices.report(errorReport('ERR_AUDIO_SUSPENDED'));
      startAtNextGesture();
      return false;
    },
    close: () => waiting.abort(),
  };
}
