// How much the page's origin may store.
import type { Page } from '@playwright/test';

/** Leaves so many bytes free; without a number the browser's own quota is back. Holds in profiles on disk only. */
export async function limitQuota(page: Page, freeBytes?: number): Promise<void> {
  const usage = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(page.url()).origin,
    ...(freeBytes === undefined ? {} : { quotaSize: usage + freeBytes }),
  });
}
