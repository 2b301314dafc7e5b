// The page's workers as a test reaches them: to end them, or to let them fail.
import { expect, type Page, type Worker } from '@playwright/test';

/** The worker whose script is called so, as soon as it runs. */
export async function workerOf(page: Page, name: string): Promise<Worker> {
  const find = () => page.workers().find((worker) => new URL(worker.url()).pathname.includes(`/${name}-`));
  await expect.poll(() => find() !== undefined).toBe(true);
  return find() as Worker;
}

/** Ends a worker as a browser does that takes its memory away: without a word. */
export async function endWorker(worker: Worker): Promise<void> {
  const closed = worker.waitForEvent('close');
  await worker.evaluate(() => {
    self.close();
  });
  await closed;
}
