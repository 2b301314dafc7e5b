// Keeps the pager going in a worker of its own: steps, then waits for work on the shared signal.
import type { Disposer } from '../core/disposer.ts';
import type { Counters } from './engine-memory.ts';
import type { Pager } from './pager.ts';

/** Playheads move 5 ms at most between two plans; pages are planned hundreds of milliseconds ahead. */
const playingWaitMilliseconds = 5;
/** Opening a file takes many turns of the event loop, and somebody may wait to hear it. */
const openingWaitMilliseconds = 1;
/** While the clock stands still, only a signal or a message brings work. */
const restingWaitMilliseconds = 25;

/**
 * Runs until disposed. Between two steps the worker's event loop takes messages; while it waits it blocks on the
 * signal rather than on a timer, because timers are throttled in hidden tabs.
 */
export function runPager(pager: Pager, counters: Counters): Disposer {
  const turn = new MessageChannel();
  let running = true;
  let clock = counters.read('masterFrame');
  turn.port1.onmessage = () => {
    if (!running) return;
    const signal = counters.read('pagerSignal');
    const { filled } = pager.step();
    if (filled > 0) Atomics.notify(counters.words(), counters.index('pagesFilled'));
    else {
      const frame = counters.read('masterFrame');
      const idle = frame === clock ? restingWaitMilliseconds : playingWaitMilliseconds;
      const timeout = pager.opening > 0 ? openingWaitMilliseconds : idle;
      clock = frame;
      Atomics.wait(counters.words(), counters.index('pagerSignal'), signal, timeout);
    }
    turn.port2.postMessage(null);
  };
  turn.port2.postMessage(null);
  return () => {
    running = false;
    turn.port1.close();
  };
}
