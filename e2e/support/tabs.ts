// Several tabs of one browser, as a person sees which of them makes the sound.
import { type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import { Studio } from './studio.ts';

/** Opens so many tabs; the first one that there is makes the sound. */
export async function openTabs(context: BrowserContext, count: number): Promise<Studio[]> {
  const studios: Studio[] = [];
  for (let tab = 0; tab < count; tab++) studios.push(await Studio.open(await context.newPage()));
  return studios;
}

/** The words of a tab whose sound comes from another one. */
export const soundElsewhere = (page: Page): Locator => page.getByText('sound from another tab');

/** Brings the sound into this tab. */
export async function takeOver(page: Page): Promise<void> {
  await page.getByRole('contentinfo').getByRole('button', { name: 'Take over here' }).click();
  await expect(soundElsewhere(page)).toHaveCount(0);
}
