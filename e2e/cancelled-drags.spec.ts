// Drags that are given up with Escape: the session is as if they had not begun, and what could be redone still can.
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

/** Two clips of different level and speed, both selected, and a step that can be redone. */
async function openUndone(page: Page) {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('Noise.wav', 96_000, 7));
  const timeline_id = await studio.timelineId();
  const [group_id = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id, name: 'Lane' });
  await studio.run({ cmd: 'SET_OBJECT', id: group_id, properties: { gain: 0.7 } });
  const place = { cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, group_id } as const;
  const [first = ''] = await studio.run({ ...place, play_position: 0, gain: 0.37, pan: 1 / 3, stretch_ratio: 1.25 });
  await studio.run({ ...place, play_position: 16, gain: 0.11, stretch_algo: 'none' });
  await studio.run({ cmd: 'SET_TEMPO', bpm: 90 });
  await studio.run({ cmd: 'UNDO' });
  const stage = await Stage.fit(studio);
  await page.keyboard.press('Control+KeyA');
  await expect(page.getByRole('region', { name: 'Selected clips' })).toBeVisible();
  const { objects, history } = await studio.state();
  const expectNoTrace = async () => {
    await expect.poll(async () => (await studio.state()).objects).toEqual(objects);
    await expect.poll(async () => (await studio.state()).history).toEqual(history);
  };
  return { studio, stage, first, expectNoTrace };
}

/** Drags so far that the session has heard of it, and gives up. */
async function giveUp(page: Page, studio: Studio, place: Locator): Promise<void> {
  const box = await place.boundingBox();
  if (!box) throw new Error('there is nothing to drag');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 20, y - 20, { steps: 5 });
  await expect.poll(async () => (await studio.state()).history.redoDepth).toBe(0);
  await page.keyboard.press('Escape');
  await page.mouse.up();
}

test('knobs, fields and faders', async ({ page }) => {
  const { studio, expectNoTrace } = await openUndone(page);
  const inspector = page.getByRole('region', { name: 'Selected clips' });
  for (const name of ['Gain', 'Pan']) {
    await giveUp(page, studio, inspector.getByRole('slider', { name }));
    await expectNoTrace();
  }
  await giveUp(page, studio, inspector.locator('label', { hasText: /^Stretch$/ }));
  await expectNoTrace();
  await giveUp(page, studio, page.getByRole('slider', { name: 'Lane level: Lane' }));
  await expectNoTrace();
  await page.keyboard.press('Control+Shift+KeyZ');
  await expect
    .poll(async () => (await studio.state()).history)
    .toMatchObject({ redoDepth: 0, undoLabel: 'Change tempo' });
});

test('clips, by their bodies and by their edges', async ({ page }) => {
  const { studio, stage, first, expectNoTrace } = await openUndone(page);
  const { revisionId } = (await studio.state()).meta;
  for (const from of [stage.body(first), stage.edge(first, 'right'), stage.fadeHandle(first, 'in')]) {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(from.x + 60, from.y, { steps: 3 });
    await expect(page.locator('.timeline-words')).toBeVisible();
    await page.keyboard.press('Escape');
    await page.mouse.up();
    await expect(page.locator('.timeline-words')).toHaveCount(0);
    await expectNoTrace();
  }
  expect((await studio.state()).meta.revisionId).toBe(revisionId);
});
