// On a phone: one part of the page at a time, each whole, and nothing too small for a thumb.
import type { Locator } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('a panel covers the timeline whole, and what floats over that with it', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 48_000, 1));
  const timeline_id = await studio.timelineId();
  const [clip = ''] = await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  const stage = await Stage.fit(studio);
  const { x, y } = stage.body(clip);
  await page.touchscreen.tap(x, y);
  const toolbar = page.getByRole('toolbar', { name: 'Selected clips' });
  const addLane = page.getByRole('button', { name: 'Add lane' });
  await expect(toolbar).toBeVisible();
  await expect(addLane).toBeVisible();

  const tabs = page.getByRole('navigation', { name: 'Parts of the page' });
  await tabs.getByRole('button', { name: 'Clip' }).tap();
  await expect(page.getByRole('region', { name: 'Selected clips' })).toBeVisible();
  await expect(toolbar).toBeHidden();
  await expect(addLane).toHaveCount(0);
  // The last of the panel is in nobody's shadow.
  await page.getByText('Earlier values').tap();
  await expect(page.getByLabel('of', { exact: true })).toBeVisible();

  await tabs.getByRole('button', { name: 'Timeline' }).tap();
  await expect(toolbar).toBeVisible();
});

/** How many pixels around the middle of a target hit it, across or down, whichever are fewer; of 96. */
const leastReach = (target: Locator): Promise<number> =>
  target.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    const isHit = (right: number, down: number): boolean => {
      const hit = document.elementFromPoint(x + width / 2 + right, y + height / 2 + down);
      return hit !== null && element.contains(hit);
    };
    const steps = Array.from({ length: 96 }, (_, step) => step - 47.5);
    const across = steps.filter((step) => isHit(step, 0)).length;
    return Math.min(across, steps.filter((step) => isHit(0, step)).length);
  });

test('what stands above the lanes is large enough to be touched', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 48_000, 1));
  const timeline_id = await studio.timelineId();
  const [clip = ''] = await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  await studio.run({ cmd: 'ADD_MARKER', timeline_id, time: 1, name: 'A' });
  await studio.run({ cmd: 'ADD_EVENT', timeline_id, time: 1, type: 'video_stop', name: 'B' });
  const stage = await Stage.fit(studio);
  const { x, y } = stage.body(clip);
  await page.touchscreen.tap(x, y);
  for (const keys of ['Alt+KeyM', 'Alt+KeyT', 'Alt+KeyE', 'KeyT']) await page.keyboard.press(keys);
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  for (const target of [
    page.getByRole('tab', { name: 'Timeline 1' }),
    button('Add a timeline'),
    button('Add lane'),
    button('Snapping'),
    button('What to snap to'),
    button('Show the whole project'),
    page.getByRole('toolbar', { name: 'Snapping, ripple and zoom' }).getByRole('button').last(),
    button('Add a marker at the playhead'),
    page.getByRole('option', { name: /^A/ }),
    page.getByRole('option', { name: /^B/ }),
    page.getByRole('option', { name: /bpm/ }),
  ]) {
    await expect.poll(() => leastReach(target), String(target)).toBeGreaterThanOrEqual(43);
  }
});

test('numbers and levels in the panels are, too', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 48_000, 1));
  const timeline_id = await studio.timelineId();
  await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  await studio.run({ cmd: 'ADD_WIDGET', type: 'slider', name: 'Level' });
  await studio.shownState();
  await page.keyboard.press('Control+KeyA');
  await page.getByRole('button', { name: 'Clip', exact: true }).tap();
  const inspector = page.getByRole('region', { name: 'Selected clips' });
  for (const target of [
    inspector.getByRole('button', { name: /^Gain: / }),
    inspector.getByRole('slider', { name: 'Gain' }),
    inspector.locator('label', { hasText: /^Cents$/ }),
  ]) {
    await target.scrollIntoViewIfNeeded();
    await expect.poll(() => leastReach(target), String(target)).toBeGreaterThanOrEqual(43);
  }
  await page.getByRole('button', { name: 'Find a command' }).tap();
  await page.getByRole('combobox').fill('Show the widgets');
  await page.getByRole('option', { name: 'Show the widgets' }).tap();
  const panel = page.getByRole('region', { name: 'Widgets' });
  for (const target of [
    panel.getByRole('slider', { name: 'Level' }),
    panel.getByRole('button', { name: 'Move the panel “Widgets”' }),
    panel.getByRole('button', { name: 'Size of the panel “Widgets”' }),
  ]) {
    await expect.poll(() => leastReach(target), String(target)).toBeGreaterThanOrEqual(43);
  }
});

test('a floating panel leaves the transport free', async ({ page }) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('a.wav', 48_000, 1));
  await page.getByRole('button', { name: 'Find a command' }).tap();
  await page.getByRole('combobox').fill('Show the widgets');
  await page.getByRole('option', { name: 'Show the widgets' }).tap();
  const panel = page.getByRole('region', { name: 'Widgets' });
  await expect(panel).toBeVisible();
  await page.getByRole('button', { name: 'Play', exact: true }).tap({ trial: true });
  await page.getByRole('button', { name: 'Files' }).tap({ trial: true });
});
