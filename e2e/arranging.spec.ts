// Arranging by hand: a file dropped on an empty project, lanes that go and come back, a view that outlives the page.
import type { Page } from '@playwright/test';
import { backendOf } from './support/backend.ts';
import { expect, test } from './support/fixtures.ts';
import { toneWav } from './support/tone-wav.ts';

/** Drops a sound file on what the selector finds. */
async function dropTone(page: Page, selector: string, name: string): Promise<void> {
  const bytes = Buffer.from(toneWav({ seconds: 2, channels: 1 })).toString('base64');
  const data = await page.evaluateHandle(
    ({ encoded, fileName }) => {
      const transfer = new DataTransfer();
      const content = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
      transfer.items.add(new File([content], fileName, { type: 'audio/wav' }));
      return transfer;
    },
    { encoded: bytes, fileName: name },
  );
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: data });
  await page.dispatchEvent(selector, 'drop', { dataTransfer: data });
}

const clips = (page: Page, name: string) => page.getByRole('gridcell', { name });
const lane = (page: Page, name: string) => page.getByRole('group', { name, exact: true });

test('a file dropped on an empty project becomes a selected clip on a lane of its own', async ({ page, baseURL }) => {
  await page.goto(baseURL ?? '');
  await backendOf(page);
  await dropTone(page, '.stage', 'first take.wav');
  await expect(clips(page, 'first take')).toHaveAttribute('aria-selected', 'true');
  await expect(lane(page, 'first take')).toBeVisible();
});

test('the demo is one step; a lane is muted, goes with its clips and comes back', async ({ page, baseURL }) => {
  await page.goto(baseURL ?? '');
  await backendOf(page);
  await page.getByRole('button', { name: 'Play with a demo session' }).click();
  await expect(clips(page, 'Kick')).toHaveCount(2);
  const mute = page.getByRole('button', { name: 'Mute lane: Kick' });
  await mute.click();
  await expect(mute).toHaveAttribute('aria-pressed', 'true');
  await expect(clips(page, 'silent')).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(mute).toHaveAttribute('aria-pressed', 'false');
  await lane(page, 'Kick').click({ button: 'right', position: { x: 120, y: 8 } });
  await page.getByRole('menuitem', { name: 'Delete the lane and its clips' }).click();
  await expect(lane(page, 'Kick')).toHaveCount(0);
  await page.keyboard.press('Control+z');
  await expect(clips(page, 'Kick')).toHaveCount(2);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('heading', { name: 'Drop your sounds here' })).toBeVisible();
});

test('zoom and snapping are kept over a reload', async ({ page, baseURL }) => {
  await page.goto(baseURL ?? '');
  await backendOf(page);
  await dropTone(page, '.stage', 'take.wav');
  await expect(clips(page, 'take')).toHaveCount(1);
  const shown = page.locator('.overview-window');
  const width = async () => Math.round((await shown.boundingBox())?.width ?? 0);
  await expect.poll(width).toBeGreaterThan(0);
  const before = await width();
  await page.keyboard.press('Equal');
  await page.keyboard.press('Equal');
  await expect.poll(width).toBeLessThan(before);
  const zoomed = await width();
  await page.getByRole('button', { name: 'Snapping' }).click();
  await page.reload();
  await backendOf(page);
  await expect(page.getByRole('button', { name: 'Snapping' })).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(width).toBe(zoomed);
});
