// Waits, within a bound, until a place can be played from.
import type { Counters } from './engine-memory.ts';

type WaitAsync = (
  words: Int32Array<ArrayBufferLike>,
  index: number,
  value: number,
  timeout: number,
) => { readonly value: string | Promise<string> };

const waitAsync = (Atomics as { readonly waitAsync?: WaitAsync }).waitAsync;
/** Also the interval at which the condition is looked at where nobody notifies. */
const longestWaitMilliseconds = 5;

/** An audio thread that has rendered nothing for so long does not run, and gets nothing ready. */
const standstillMilliseconds = 40;

/**
 * Resolves when a place can be played from: its pages are there, and its stretched clips are ready if the audio thread runs; or
 * after `milliseconds`.
 *
 * @param primed what atome_audio_is_primed says.
 */
export async function waitForPlace(counters: Counters, primed: () => number, milliseconds: number): Promise<void> {
  const began = performance.now();
  const quanta = counters.read('quanta');
  for (;;) {
    const filled = counters.read('pagesFilled');
    const waited = performance.now() - began;
    const stands = waited >= standstillMilliseconds && counters.read('quanta') === quanta;
    if (primed() >= (stands ? 1 : 2) || waited >= milliseconds) return;
    await progress(counters, filled);
  }
}

async function progress(counters: Counters, filled: number): Promise<void> {
  if (waitAsync)
    await waitAsync(counters.words(), counters.index('pagesFilled'), filled | 0, longestWaitMilliseconds).value;
  else await new Promise((resolve) => setTimeout(resolve, longestWaitMilliseconds));
}
