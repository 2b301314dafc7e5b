// Time that passes while a thread is awake: where the whole machine stands still for a while, nobody is late for it.

/** Milliseconds between two looks at the clock. */
const tick = 50;
/** Of a gap between two looks no more than this counts: then the thread was asleep. */
const longestGap = 2 * tick;

export interface AwakeTime {
  /** Resolves when the time is over. */
  readonly over: Promise<void>;
  /** It is never over. */
  cancel(): void;
}

/** @param milliseconds counted from now on, to within two looks at the clock */
export function awakeTime(milliseconds: number): AwakeTime {
  let seen = performance.now();
  let passed = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      const now = performance.now();
      passed += Math.min(now - seen, longestGap);
      seen = now;
      if (passed < milliseconds) return;
      clearInterval(timer);
      resolve();
    }, tick);
  });
  return { over, cancel: () => clearInterval(timer) };
}
