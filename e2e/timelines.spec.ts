// Several timelines in one project: tabs, names, and each with its own place.
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

test('timelines are tabs: added, named, chosen by mouse and keys, removed and brought back', async ({
  page,
  expectAccessible,
}) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('a.wav', 24_000, 1));
  const tabs = page.getByRole('tablist', { name: 'Timelines' }).getByRole('tab');
  await expect(tabs).toHaveCount(1);
  await page.getByRole('button', { name: 'Add a timeline' }).click();
  await expect(tabs).toHaveCount(2);
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await tabs.nth(1).dblclick();
  await page.getByLabel('Name of the timeline').fill('Chorus');
  await page.keyboard.press('Enter');
  await expect(tabs.nth(1)).toHaveText('Chorus');
  await expectAccessible();

  // What is shown here is nobody's edit.
  const { undoDepth } = (await studio.state()).history;
  await tabs.nth(0).click();
  await expect(tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await tabs.nth(0).press('ArrowRight');
  await expect(tabs.nth(1)).toBeFocused();
  expect((await studio.state()).history.undoDepth).toBe(undoDepth);

  // The space bar plays the timeline in sight.
  await tabs.nth(1).click();
  await page.keyboard.press('Space');
  const chorus = Object.values((await studio.state()).objects).find(
    (object) => object.kind === 'TimelineAtome' && object.name === 'Chorus',
  );
  await expect.poll(async () => (await studio.state()).timelines[chorus?.id ?? '']?.playing).toBe(true);
  await expect(tabs.nth(1).getByRole('img', { name: 'playing' })).toBeVisible();
  await page.keyboard.press('Space');

  await page.getByRole('button', { name: 'Remove the timeline “Chorus”' }).click();
  await expect(tabs).toHaveCount(1);
  await page.keyboard.press('Control+KeyZ');
  await expect(tabs).toHaveCount(2);
});
