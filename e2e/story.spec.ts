// The main job as a person does it: drop sounds, arrange, play, export, come back, with and without a network.
import type { BrowserContext, Page } from '@playwright/test';
import { dropFiles, fixture } from './support/files.ts';
import { expect, test } from './support/fixtures.ts';
import { differences, peak, readWav, soundingRange } from './support/sound.ts';
import { expectWaveform, Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise, sine } from './support/wav.ts';

const rate = 48_000;
const middle = { x: 720, y: 450 };

/** Some hold the same sound in another wrapping. */
const kinds = [
  'tone.mp3',
  'tone-cover.mp3',
  'tone.flac',
  'tone.m4a',
  'tone.ogg',
  'tone.opus',
  'tone.webm',
  'tone.mp4',
  'tone.aiff',
  'tone-float.aifc',
  'tone-extensible.wav',
  'tone-rf64.wav',
  'tone-alaw.wav',
];

const fileRows = (page: Page) => page.getByRole('region', { name: 'Files', exact: true }).locator('.file-name');

test('sounds of every kind become files and clips that can be seen and heard', async ({ page }) => {
  const studio = await Studio.open(page);
  await expect(page.getByRole('heading', { name: 'Drop your sounds here' })).toBeVisible();
  await dropFiles(page, await Promise.all(kinds.map(fixture)), middle);
  await expect.poll(async () => (await studio.clips()).length).toBe(kinds.length);
  const files = await studio.files();
  // One of them has a picture as well, which has a row of its own.
  const videos = Object.values((await studio.state()).objects).filter(({ kind }) => kind === 'MediaFileAtome');
  expect(videos).toHaveLength(1);
  await expect(fileRows(page)).toHaveCount(files.length + videos.length);
  expect(new Set(files.map(({ content_hash }) => content_hash)).size).toBe(files.length);
  const stage = await Stage.fit(studio);
  const clips = await studio.clips();
  const timeline = await studio.timelineId();
  const end = stage.scene.end;
  // Half a second each, the ones with a lead-in a little more.
  expect(end).toBeGreaterThan(0.49 * kinds.length);
  expect(end).toBeLessThan(0.57 * kinds.length);
  const mix = await studio.render(timeline, { from: 0, to: end });
  for (const { id, name } of clips) {
    await expectWaveform(stage, id);
    const { start, end: last } = stage.clip(id);
    const from = Math.round((start + 0.1) * rate);
    expect([name, peak(mix, from, Math.round(last * rate)) > 0.05]).toEqual([name, true]);
  }
  // The page's own search finds them by a few letters.
  await page.getByRole('searchbox', { name: 'Search files' }).fill('alaw');
  await expect(fileRows(page)).toHaveCount(1);
});

test('files drop where they fall: on a place of the timeline, or on the list alone', async ({ page }) => {
  const studio = await Studio.open(page);
  await dropFiles(page, [noise('First.wav', 2 * rate, 41)], middle);
  await expect.poll(async () => (await studio.clips()).length).toBe(1);
  const stage = await Stage.fit(studio);
  await dropFiles(page, [noise('Second.wav', rate, 42)], { x: stage.x(1), y: stage.laneY(1) });
  await expect.poll(async () => (await studio.clips()).map(({ play_position }) => play_position)).toEqual([0, 2]);
  const [first, second] = await studio.clips();
  expect(second?.group_id).not.toBe(first?.group_id);
  await dropFiles(page, [noise('Third.wav', rate, 43)], { x: 100, y: 600 });
  await expect(fileRows(page)).toHaveCount(3);
  expect(await studio.clips()).toHaveLength(2);
  // The same sound under another name: no second file, no second copy of its bytes.
  await dropFiles(page, [{ ...noise('Third.wav', rate, 43), name: 'Copy of third.wav' }], { x: 100, y: 600 });
  await dropFiles(page, [noise('Fourth.wav', rate, 44)], { x: 100, y: 600 });
  const names = async () => (await fileRows(page).allTextContents()).sort();
  await expect.poll(names).toEqual(['First', 'Fourth', 'Second', 'Third']);
  expect(await studio.atome.evaluate(async (atome) => (await atome.services.blobs.list()).length)).toBe(4);
  // Dragged from the list to the timeline.
  await page
    .locator('.file-row')
    .filter({ hasText: 'Third' })
    .dragTo(page.locator('.timeline-area'), {
      targetPosition: { x: 40, y: 400 },
    });
  await expect.poll(async () => (await studio.clips()).length).toBe(3);
});

test('the demo session plays', async ({ page }) => {
  const studio = await Studio.open(page);
  await page.getByRole('button', { name: 'Play with a demo session' }).click();
  await expect.poll(async () => (await studio.clips()).length).toBeGreaterThan(8);
  const stage = await Stage.fit(studio);
  const timeline = await studio.timelineId();
  const rendered = await studio.render(timeline, { from: 0, to: stage.scene.end });
  expect(peak(rendered)).toBeGreaterThan(0.3);
  expect(peak(rendered)).toBeLessThanOrEqual(1);
  await studio.startSound();
  const recording = studio.record(6 * rate);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  const { channels } = await recording;
  const heardFrom = soundingRange(channels).first;
  const renderedFrom = soundingRange(rendered).first;
  expect(heardFrom).toBeGreaterThanOrEqual(0);
  const frames = Math.min(6 * rate - heardFrom, (rendered[0]?.length ?? 0) - renderedFrom);
  expect(frames).toBeGreaterThan(rate);
  expect(differences(channels, heardFrom, rendered, renderedFrom, frames)).toBe(0);
});

/** Presses Play and compares what is heard from the start with the render. */
async function expectPlayback(studio: Studio, seconds: number): Promise<void> {
  const timeline = await studio.timelineId();
  const rendered = await studio.render(timeline, { from: 0, to: seconds });
  await studio.page.getByRole('button', { name: 'Go to the start' }).click();
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.position).toBe(0);
  await studio.startSound();
  // However long the press takes on a busy machine.
  const recording = studio.record(Math.round((seconds + 4) * rate));
  await studio.page.getByRole('button', { name: 'Play', exact: true }).click();
  const { channels } = await recording;
  const offset = soundingRange(channels).first - soundingRange(rendered).first;
  expect(differences(channels, offset, rendered, 0, Math.round(seconds * rate))).toBe(0);
  await studio.page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.playing).toBe(false);
}

/** Exports the mix as floats and compares the file with the render. */
async function expectExport(studio: Studio): Promise<void> {
  const { page } = studio;
  await page.getByRole('button', { name: 'Export the mix' }).click();
  const dialog = page.getByRole('dialog', { name: 'Export the mix' });
  await dialog.getByText('32 bit float').click();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const { samples } = await readWav(await (await downloading).path());
  const frames = samples[0]?.length ?? 0;
  const rendered = await studio.render(await studio.timelineId(), { from: 0, to: frames / rate });
  const exported = samples.map((channel) => Float32Array.from(channel));
  expect(frames).toBeGreaterThan(0);
  expect(differences(exported, 0, rendered, 0, frames)).toBe(0);
  await expect(dialog).toBeHidden();
}

async function visit(context: BrowserContext): Promise<Studio> {
  return Studio.open(await context.newPage());
}

test('from the first visit to an export; undone, redone, reloaded, and all of it offline', async ({ openProfile }) => {
  // Two sounds in real time, two exports and two visits: a slow machine needs minutes.
  test.setTimeout(180_000);
  const context = await openProfile();
  const studio = await visit(context);
  const { page } = studio;
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const empty = (await studio.state()).objects;

  await dropFiles(page, [sine('Tone.wav', 2 * rate, 330), await fixture('tone.flac')], middle);
  await expect.poll(async () => (await studio.clips()).length).toBe(2);
  const stage = await Stage.fit(studio);
  const [tone, flac] = await studio.clips();
  for (const clip of [tone, flac]) await expectWaveform(stage, clip?.id ?? '');
  const from = stage.body(flac?.id ?? '');
  await stage.click(from);
  await stage.drag(from, { x: from.x - 150, y: stage.laneY(1) });
  await expect
    .poll(async () => (await studio.clips()).find(({ id }) => id === flac?.id)?.group_id)
    .not.toBe(flac?.group_id);
  const arranged = await Stage.fit(studio);
  await arranged.click(arranged.body(tone?.id ?? ''));
  await arranged.click(arranged.ruler(1.2));
  await expect
    .poll(async () => (await studio.state()).timelines[await studio.timelineId()]?.position)
    .toBeGreaterThan(2);
  await page.keyboard.press('KeyS');
  await expect.poll(async () => (await studio.clips()).length).toBe(3);
  await page.keyboard.press('KeyF');
  await expectPlayback(studio, arranged.scene.end);
  await expectExport(studio);

  const made = (await studio.state()).objects;
  const { undoDepth } = (await studio.state()).history;
  for (let step = 0; step < undoDepth; step++) await page.keyboard.press('Control+KeyZ');
  await expect.poll(async () => (await studio.state()).objects).toEqual(empty);
  for (let step = 0; step < undoDepth; step++) await page.keyboard.press('Control+Shift+KeyZ');
  await expect.poll(async () => (await studio.state()).objects).toEqual(made);

  const reloaded = await studio.reload();
  expect((await reloaded.state()).objects).toEqual(made);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(async () => (await reloaded.clips()).length).toBe(2);
  await page.keyboard.press('Control+KeyY');
  await expect.poll(async () => (await reloaded.state()).objects).toEqual(made);
  await page.close();

  await context.setOffline(true);
  const offline = await visit(context);
  expect((await offline.state()).objects).toEqual(made);
  expect(await offline.page.evaluate(() => crossOriginIsolated)).toBe(true);
  await dropFiles(offline.page, [await fixture('tone.ogg')], { x: 100, y: 600 });
  await expect(fileRows(offline.page)).toHaveCount(3);
  const shown = await Stage.fit(offline);
  for (const { id } of await offline.clips()) await expectWaveform(shown, id);
  await expectPlayback(offline, shown.scene.end);
  await expectExport(offline);
  await offline.page.keyboard.press('Control+KeyK');
  await expect(offline.page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused();
});
