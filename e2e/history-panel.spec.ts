// The list of steps: what was done and when, also after a reload, and a press on one that goes there.
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';

test('every step is listed after a reload, and a press goes back to it and forth again', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  for (const time of [1, 2, 3]) await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time });
  await studio.run({ cmd: 'SET_TEMPO', bpm: 90 });
  await studio.reload();
  await page.getByRole('tab', { name: 'History' }).click();
  const steps = page.getByRole('region', { name: 'History' }).getByRole('listitem');
  await expect(steps).toHaveCount(4);
  await expect(steps.nth(0)).toContainText('Change tempo');
  await expect(steps.nth(0).getByRole('button')).toHaveAttribute('aria-current', 'step');
  await steps.nth(2).getByRole('button').click();
  await expect(page.getByLabel('Tempo', { exact: true })).toHaveAttribute('aria-valuenow', '120');
  await expect(steps).toHaveCount(4);
  await expect(steps.nth(2).getByRole('button')).toHaveAttribute('aria-current', 'step');
  await steps.nth(0).getByRole('button').click();
  await expect(page.getByLabel('Tempo', { exact: true })).toHaveAttribute('aria-valuenow', '90');
});

test.describe('in a country with dates of its own', () => {
  test.use({ locale: 'en-GB' });

  test('times are written as they are there', async ({ page }) => {
    const studio = await Studio.open(page);
    await studio.run({ cmd: 'SET_TEMPO', bpm: 90 });
    const versions = await studio.atome.evaluate(
      (atome, timeline) => atome.session.history(timeline, 'tempo_segments'),
      await studio.timelineId(),
    );
    const time = versions.at(-1)?.time.wall ?? 0;
    await page.clock.setFixedTime(time);
    await page.getByRole('tab', { name: 'History' }).click();
    const step = page.getByRole('region', { name: 'History' }).getByRole('listitem');
    await expect(step).toHaveText(/^Change tempo\s*\d\d:\d\d$/);
    // An older one says its day, too.
    await page.clock.setFixedTime(time + 3 * 86_400_000);
    await studio.run({ cmd: 'UNDO' });
    await expect(step).toHaveText(/\d\d\/\d\d\/\d{4}, \d\d:\d\d$/);
  });
});
