// On a phone: one part of the page at a time, each whole, and nothing too small for a thumb.
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

test('what stands above the lanes is large enough to be touched', async ({ page }) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('a.wav', 48_000, 1));
  for (const target of [
    page.getByRole('tab', { name: 'Timeline 1' }),
    page.getByRole('button', { name: 'Add a timeline' }),
    page.getByRole('button', { name: 'Add lane' }),
  ]) {
    await expect
      .poll(async () => {
        const { width = 0, height = 0 } = (await target.boundingBox()) ?? {};
        return Math.min(width, height);
      })
      .toBeGreaterThanOrEqual(43);
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
