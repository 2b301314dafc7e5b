// The studio on the fallback engine, in a page whose sound is recorded.
import type { Browser, BrowserContext } from '@playwright/test';
import { Studio } from './studio.ts';
import { tapDestination } from './tapped-destination.ts';

/**
 * The studio in a page that is recorded, without the policy, which would keep the recorder out.
 * @param isChosen whether the fallback is a person's choice. @param prepare what else the page gets before it loads
 */
export async function openTapped(
  browser: Browser,
  address: string,
  isChosen = false,
  prepare: (context: BrowserContext) => Promise<void> = async () => undefined,
): Promise<{ readonly studio: Studio; readonly context: BrowserContext }> {
  const context = await browser.newContext({ serviceWorkers: 'block', bypassCSP: true });
  await tapDestination(context);
  await prepare(context);
  if (isChosen) await context.addInitScript(() => localStorage.setItem('atome.audioBackend', 'webaudio'));
  return { context, studio: await Studio.open(await context.newPage(), address) };
}
