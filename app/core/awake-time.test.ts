// Time counted while a thread is awake.
import { expect, test } from 'vitest';
import { awakeTime } from './awake-time.ts';

/** Nothing else happens on this thread. */
function standStill(milliseconds: number): void {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
}

test('is over when it has passed, and not before', async () => {
  const from = performance.now();
  await awakeTime(120).over;
  expect(performance.now() - from).toBeGreaterThan(119);
});

test('what was on its way while the thread stood still arrives in time', async () => {
  const { over, cancel } = awakeTime(400);
  const { port1, port2 } = new MessageChannel();
  const heard = new Promise<string>((resolve) => {
    port1.onmessage = () => resolve('heard');
  });
  standStill(1000);
  // Sent only after the time has passed by the clock.
  setTimeout(() => port2.postMessage(''));
  expect(await Promise.race([heard, over.then(() => 'late')])).toBe('heard');
  cancel();
  port1.close();
});

test('is never over when it was cancelled', async () => {
  const { over, cancel } = awakeTime(50);
  let isOver = false;
  void over.then(() => {
    isOver = true;
  });
  cancel();
  await awakeTime(200).over;
  expect(isOver).toBe(false);
});
