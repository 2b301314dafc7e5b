// Exports: the downloaded file, read by the letter, against the samples of the render.
import { readFile } from 'node:fs/promises';
import { unzipSync } from 'fflate';
import { expect, test } from './support/fixtures.ts';
import { peak, readWav, type Sound } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

/** Two sounds of different rates on the page's own timeline, one of them too loud for integers. @returns its length. */
async function arrangement(studio: Studio): Promise<{ readonly timeline: string; readonly seconds: number }> {
  const timeline = await studio.timelineId();
  const loud = await studio.importFile(noise('loud.wav', 24_001, 21));
  const other = await studio.importFile(noise('other.wav', 22_050, 22, { sampleRate: 44_100 }));
  for (const [file, bar, gain] of [
    [loud, 0, 3],
    [other, 1, 0.7],
  ] as const) {
    await studio.run({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: bar, gain });
  }
  // A beat at 120 bpm is half a second.
  return { timeline, seconds: 0.5 + other.duration };
}

/** The whole numbers of `bits` bits, or the floats themselves, as far as they are from what a file holds. */
function worstDeviation(sound: Sound, samples: readonly number[][], bits: 16 | 24 | 32): number {
  const scale = bits === 32 ? 1 : 2 ** (bits - 1);
  const highest = bits === 32 ? Number.POSITIVE_INFINITY : scale - 1;
  const lowest = bits === 32 ? Number.NEGATIVE_INFINITY : -scale;
  let worst = 0;
  for (const [channel, expected] of sound.entries()) {
    for (const [frame, value] of expected.entries()) {
      const wanted = Math.min(highest, Math.max(lowest, value * scale));
      worst = Math.max(worst, Math.abs((samples[channel]?.[frame] ?? Number.NaN) - wanted));
    }
  }
  return worst;
}

const formats = [
  { label: '16 bit', bits: 16, formatTag: 1 },
  { label: '24 bit', bits: 24, formatTag: 1 },
  { label: '32 bit float', bits: 32, formatTag: 3 },
] as const;

test('the mix as WAV: every format holds the samples of the render, rounded and nothing else', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline, seconds } = await arrangement(studio);
  const rendered = await studio.render(timeline, { from: 0, to: seconds });
  expect(peak(rendered)).toBeGreaterThan(1.4);
  await page.getByLabel('Project name').fill('A/B: mix?');
  await page.getByLabel('Project name').press('Enter');
  for (const { label, bits, formatTag } of formats) {
    await page.keyboard.press('Control+KeyE');
    const dialog = page.getByRole('dialog', { name: 'Export the mix' });
    await dialog.getByText(label, { exact: true }).click();
    const downloading = page.waitForEvent('download');
    await dialog.getByRole('button', { name: 'Export', exact: true }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/^A B {1,2}mix ?\.wav$/);
    const file = await readWav(await download.path());
    expect(file).toMatchObject({ formatTag, bits, sampleRate: 48_000, channels: 2 });
    expect(file.samples.map((channel) => channel.length)).toEqual(rendered.map((channel) => channel.length));
    expect([label, worstDeviation(rendered, file.samples, bits)]).toEqual([
      label,
      bits === 32 ? 0 : expect.any(Number),
    ]);
    expect(worstDeviation(rendered, file.samples, bits)).toBeLessThanOrEqual(0.5);
    await expect(dialog).toBeHidden();
  }
});

test('another rate and the range of the loop', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline } = await arrangement(studio);
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 0.5, end: 1.5 } });
  await page.keyboard.press('Control+KeyE');
  const dialog = page.getByRole('dialog', { name: 'Export the mix' });
  await dialog.getByText('32 bit float').click();
  await dialog.getByText('44.1 kHz').click();
  await dialog.getByText(/^Loop/).click();
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const file = await readWav(await (await downloading).path());
  const rendered = await studio.render(timeline, { from: 0.25, to: 0.75, sampleRate: 44_100 });
  expect(file.sampleRate).toBe(44_100);
  expect(file.samples[0]).toHaveLength(22_050);
  expect(worstDeviation(rendered, file.samples, 32)).toBe(0);
});

test('an export that is given up leaves no download and no message', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const file = await studio.importFile(noise('take.wav', 48_000, 23));
  // Three hours, so that it cannot end before it is given up.
  await studio.run({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: 21_600 });
  let downloads = 0;
  page.on('download', () => downloads++);
  await page.keyboard.press('Control+KeyE');
  const dialog = page.getByRole('dialog', { name: 'Export the mix' });
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const bar = dialog.getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  await dialog.getByRole('button', { name: 'Cancel the export' }).click();
  await expect(dialog).toBeHidden();
  // The next one is as good as any.
  await studio.run({ cmd: 'SET_OBJECT', id: (await studio.clips())[0]?.id ?? '', properties: { play_position: 0 } });
  await page.keyboard.press('Control+KeyE');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const { samples } = await readWav(await (await downloading).path());
  expect(samples[0]).toHaveLength(48_000);
  expect(downloads).toBe(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('the project as one file holds its objects and every sound once', async ({ page }) => {
  const studio = await Studio.open(page);
  await arrangement(studio);
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Control+Shift+KeyE');
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/\.atome$/);
  const entries = unzipSync(await readFile(await download.path()));
  const sounds = (await studio.files()).map(({ content_hash }) => content_hash);
  const names = Object.keys(entries);
  for (const hash of sounds) {
    const [name = '', ...more] = names.filter((candidate) => candidate.includes(hash));
    expect(more).toEqual([]);
    const stored = await studio.atome.evaluate(async ({ services: { blobs } }, id) => (await blobs.get(id)).size, hash);
    expect(entries[name]?.length).toBe(stored);
  }
  const written = names.filter((name) => name.endsWith('.json')).map((name) => new TextDecoder().decode(entries[name]));
  for (const clip of await studio.clips()) expect(written.some((text) => text.includes(clip.id))).toBe(true);
});
