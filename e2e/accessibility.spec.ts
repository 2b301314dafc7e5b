// What axe finds: nothing, in any state of the page, at any size, in any theme.
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const desk = { width: 1440, height: 900 };
const phone = { width: 390, height: 844 };

/** Three lanes with clips, one of them selected. */
async function fill(studio: Studio): Promise<void> {
  const timeline = await studio.timelineId();
  const file = await studio.importFile(noise('Part.wav', 48_000, 61));
  for (const [index, name] of ['Drums', 'Bass', 'Voice'].entries()) {
    const [group = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name, color: index * 4 });
    const place = { timeline_id: timeline, audio_file_id: file.id, group_id: group, name, color: index * 4 };
    await studio.run({ cmd: 'ADD_CLIP', ...place, play_position: index });
    await studio.run({ cmd: 'ADD_CLIP', ...place, play_position: index + 4, muted: index === 1 });
  }
  await expect(studio.page.getByRole('gridcell')).toHaveCount(6);
  await studio.page.getByRole('gridcell').first().focus();
  await studio.page.keyboard.press('Enter');
}

const dialogs: readonly (readonly [keys: string, name: string])[] = [
  ['Control+KeyK', 'Commands'],
  ['Control+KeyE', 'Export the mix'],
  ['Control+Comma', 'Settings'],
  ['Shift+Slash', 'Shortcuts'],
  ['Control+Alt+KeyD', 'Diagnosis'],
];

async function openDialog(page: Page, keys: string, name: string): Promise<void> {
  await page.keyboard.press(keys);
  await expect(page.getByRole('dialog', { name })).toBeVisible();
}

/** In each theme the dialogs are looked at in one size, everything else in both. */
for (const [theme, first, second] of [
  ['dark', phone, desk],
  ['light', desk, phone],
] as const) {
  test(`${theme}: empty, with a session, every dialog, on a desk and on a phone`, async ({
    page,
    expectAccessible,
  }) => {
    await page.setViewportSize(first);
    await page.addInitScript((chosen) => localStorage.setItem('atome.theme', chosen), theme);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    const studio = await Studio.open(page);
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    await expect(page.getByRole('heading', { name: 'Drop your sounds here' })).toBeVisible();
    await expectAccessible();
    await fill(studio);
    await expectAccessible();
    for (const [keys, name] of dialogs) {
      await openDialog(page, keys, name);
      await expectAccessible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    await page.setViewportSize(second);
    await expectAccessible();
  });
}

test('the parts of a phone behind their tabs, a menu, the history and a message', async ({
  page,
  expectAccessible,
}) => {
  const studio = await Studio.open(page);
  await fill(studio);
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menu')).toBeVisible();
  await expectAccessible();
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: 'History' }).click();
  await expect(page.getByRole('region', { name: 'History' })).toBeVisible();
  await expectAccessible();
  await page.setViewportSize(phone);
  const tabs = page.getByRole('navigation', { name: 'Parts of the page' });
  for (const name of ['Files', 'Clip', 'History', 'Timeline']) {
    await tabs.getByRole('button', { name }).click();
    await expect(tabs.getByRole('button', { name })).toHaveAttribute('aria-current', 'page');
    await expectAccessible();
  }
});

test('on a phone every target under the thumb is large enough, and nothing is wider than the screen', async ({
  page,
}) => {
  await page.setViewportSize(phone);
  const studio = await Studio.open(page);
  await fill(studio);
  const tabs = page.getByRole('navigation', { name: 'Parts of the page' }).getByRole('button');
  const targets = [...(await tabs.all()), page.getByRole('button', { name: 'Play', exact: true })];
  for (const target of targets) {
    const box = await target.boundingBox();
    expect(Math.round(Math.min(box?.width ?? 0, box?.height ?? 0))).toBeGreaterThanOrEqual(44);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});
