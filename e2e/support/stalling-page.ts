// A page that is stopped on purpose while it tells its audio nodes something, as a busy machine stops any page.
import type { BrowserContext, Page } from '@playwright/test';

interface Stalling {
  stall?: { callsLeft: number; milliseconds: number };
}

/** Before the page loads: its calls of audio nodes are counted from when it is told to stall. */
export async function watchAudioCalls(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const holder = window as Stalling;
    const counted = (): void => {
      const { stall } = holder;
      if (!stall || --stall.callsLeft > 0) return;
      delete holder.stall;
      const until = performance.now() + stall.milliseconds;
      while (performance.now() < until);
    };
    const watch = (prototype: object, name: string): void => {
      const found = Object.getOwnPropertyDescriptor(prototype, name) ?? {};
      const around = (call: unknown) =>
        typeof call === 'function'
          ? function (this: unknown, ...values: unknown[]): unknown {
              const result: unknown = Reflect.apply(call, this, values);
              counted();
              return result;
            }
          : call;
      const parts = Object.entries(found).map(([part, value]) => [part, around(value)]);
      Object.defineProperty(prototype, name, Object.fromEntries(parts));
    };
    watch(BaseAudioContext.prototype, 'currentTime');
    watch(AudioNode.prototype, 'connect');
    watch(AudioBufferSourceNode.prototype, 'start');
    watch(AudioScheduledSourceNode.prototype, 'stop');
    for (const name of Object.getOwnPropertyNames(AudioParam.prototype))
      if (name === 'value' || /At|To/.test(name)) watch(AudioParam.prototype, name);
  });
}

/** Stops the page for so long after so many calls of its audio nodes; resolves at once. */
export const stallAfter = (page: Page, calls: number, milliseconds: number): Promise<void> =>
  page.evaluate(
    (stall) => {
      (window as Stalling).stall = stall;
    },
    { callsLeft: calls, milliseconds },
  );
