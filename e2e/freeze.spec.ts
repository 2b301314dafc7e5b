// Freezing: a render plays in place of clips, sounds as they did, and gives them back.
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { differences, peak } from './support/sound.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const rate = 48_000;

/** Two clips that overlap on a lane, a third behind them on another one: no sum depends on the order of its parts. */
async function openClips(page: Page) {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const group = async (name: string): Promise<string> =>
    (await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name }))[0] ?? '';
  const [upper, lower] = [await group('Upper'), await group('Lower')];
  const clip = async (index: number, group_id: string, play_position: number): Promise<string> => {
    const file = await studio.importFile(noise(`Part ${index}.wav`, rate, 71 + index));
    const where = { timeline_id: timeline, audio_file_id: file.id, group_id, play_position };
    return (await studio.run({ cmd: 'ADD_CLIP', ...where }))[0] ?? '';
  };
  const clips = [await clip(0, upper, 1), await clip(1, upper, 2), await clip(2, lower, 4)] as const;
  const render = () => studio.render(timeline, { from: 0, to: 3 });
  const row = (name: string) => page.getByRole('gridcell', { name });
  return { studio, timeline, upper, clips, render, row };
}

async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+KeyK');
  await page.getByRole('combobox', { name: 'What do you want to do?' }).fill(words);
  await page.keyboard.press('Enter');
}

test('frozen clips sound as before, bit for bit, hide under their render, and come back', async ({ page }) => {
  const { studio, clips, upper, render, row } = await openClips(page);
  const [a, b, c] = clips;
  await studio.run({ cmd: 'SET_OBJECT', id: upper, properties: { gain: 0.5 } });
  await studio.run({ cmd: 'SET_CLIP', clip_id: a, fade_in: 0.25, fade_out: 0.1 });
  const before = await render();
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(a));
  await page.keyboard.press('ControlOrMeta+KeyA');
  await page.keyboard.press('Shift+KeyB');
  await expect.poll(async () => (await studio.clips()).length).toBe(5);
  const state = await studio.shownState();
  expect(state.history.undoLabel).toBe('Freeze');
  const all = await studio.clips();
  const hidden = all.filter(({ frozen_by }) => typeof frozen_by === 'string');
  expect(hidden.map(({ id }) => id).sort()).toEqual([a, b, c].sort());
  const standIns = all.filter(({ id }) => !clips.includes(id));
  expect(standIns.map(({ group_id, play_position }) => [group_id === upper, play_position]).sort()).toEqual([
    [false, 4],
    [true, 1],
  ]);
  const files = await studio.files();
  const generated = files.filter(({ source }) => source === 'generated');
  expect(generated).toMatchObject([{ bit_depth: 32, channels: 2, sample_rate: rate }, { bit_depth: 32 }]);
  expect(peak(before)).toBeGreaterThan(0.1);
  expect(differences(await render(), 0, before, 0, 3 * rate)).toBe(0);
  await expect(row('frozen')).toHaveCount(2);
  await expect(page.getByRole('gridcell')).toHaveCount(2);

  await page.keyboard.press('Shift+KeyU');
  await expect.poll(async () => (await studio.clips()).map(({ id }) => id).sort()).toEqual([...clips].sort());
  await expect(page.getByRole('gridcell')).toHaveCount(3);
  expect(differences(await render(), 0, before, 0, 3 * rate)).toBe(0);

  // Both are one step each.
  await page.keyboard.press('ControlOrMeta+KeyZ');
  await expect(row('frozen')).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+KeyZ');
  await expect(page.getByRole('gridcell')).toHaveCount(3);
  expect((await studio.files()).filter(({ source }) => source === 'generated')).toEqual([]);
});

test('what lanes and others do to a clip goes on after freezing', async ({ page }) => {
  const { studio, clips, upper, render } = await openClips(page);
  const [a, , c] = clips;
  await studio.run({ cmd: 'SET_CLIP', clip_id: c, solo: true });
  const soloed = await render();
  await studio.run({ cmd: 'SET_CLIP', clip_id: c, solo: false });
  await studio.run({ cmd: 'SET_OBJECT', id: upper, properties: { muted: true } });
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(a));
  await choose(page, 'Freeze');
  await expect.poll(async () => (await studio.clips()).length).toBe(4);
  const muted = await render();
  await studio.run({ cmd: 'SET_OBJECT', id: upper, properties: { muted: false } });
  const heard = await render();
  await studio.run({ cmd: 'UNDO' });
  expect(differences(muted, 0, await render(), 0, 3 * rate)).toBe(0);
  await studio.run({ cmd: 'REDO' });
  // Thawed again, the lane sounds as its render did.
  const [standIn] = (await studio.clips()).filter(({ id }) => !clips.includes(id));
  await studio.run({ cmd: 'UNFREEZE_CLIP', clip_id: standIn?.id ?? '' });
  expect(differences(heard, 0, await render(), 0, 3 * rate)).toBe(0);
  await studio.run({ cmd: 'UNDO' });
  await studio.run({ cmd: 'SET_CLIP', clip_id: c, solo: true });
  expect(differences(await render(), 0, soloed, 0, 3 * rate)).toBe(0);
});

test('freezing can be cancelled: nothing of it is left', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const file = await studio.importFile(noise('Part.wav', rate, 91));
  for (const play_position of [0, 20_000]) {
    await studio.run({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position });
  }
  const { meta } = await studio.shownState();
  await page.keyboard.press('ControlOrMeta+KeyA');
  await page.keyboard.press('Shift+KeyB');
  const progress = page.getByRole('progressbar', { name: 'Freezing' });
  await expect(progress).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(progress).toBeHidden();
  expect((await studio.state()).meta.revisionId).toBe(meta.revisionId);
  const blobs = await studio.atome.evaluate((atome) => atome.services.blobs.list());
  expect(blobs.map(({ source }) => source)).toEqual(['imports']);
});
