// Waits, within a bound, until the disk side has made progress.
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

/** Resolves to true as soon as `done` holds, or to false after `milliseconds`. */
export async function waitForPages(counters: Counters, done: () => boolean, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  for (;;) {
    const filled = counters.read('pagesFilled');
    if (done()) return true;
    if (performance.now() >= deadline) return false;
    await progress(counters, filled);
  }
}

async function progress(counters: Counters, filled: number): Promise<void> {
  if (waitAsync)
    await waitAsync(counters.words(), counters.index('pagesFilled'), filled | 0, longestWaitMilliseconds).value;
  else await new Promise((resolve) => setTimeout(resolve, longestWaitMilliseconds));
}
