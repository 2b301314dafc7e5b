// Files that cannot be imported: the page says what is wrong, and nothing it had stored before is lost or changed.
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ErrorName } from '../app/protocol/errors.ts';
import { headOnly, patchedWav, textFile, truncatedWav } from './support/bad-files.ts';
import { dropFiles, type FileOfTest, fixture } from './support/files.ts';
import { expect, test } from './support/fixtures.ts';
import { limitQuota } from './support/quota.ts';
import { peak } from './support/sound.ts';
import { storedOn } from './support/stored.ts';
import { Studio } from './support/studio.ts';
import { expectError } from './support/toasts.ts';
import { noise, wavOf } from './support/wav.ts';
import { formatOfALaw, formatOfMp3, waveAround } from './support/wave-around.ts';
import { workerOf } from './support/workers.ts';

const middle = { x: 700, y: 400 };
const drop = (page: Page, ...files: FileOfTest[]): Promise<void> => dropFiles(page, files, middle);

const badFiles: readonly (readonly [FileOfTest, ErrorName])[] = [
  [textFile('diary.wav'), 'ERR_FILE_NOT_AUDIO'],
  [{ name: 'nothing.wav', bytes: new Uint8Array() }, 'ERR_FILE_EMPTY'],
  [wavOf('no frames.wav', 2, 0, () => 0), 'ERR_FILE_EMPTY'],
  [headOnly('half a header.wav'), 'ERR_FILE_DAMAGED'],
  [patchedWav('0 channels.wav', { 22: 0 }), 'ERR_FILE_CHANNELS'],
  [patchedWav('33 channels.wav', { 22: 33 }), 'ERR_FILE_CHANNELS'],
  [patchedWav('64-bit integers.wav', { 32: 16, 34: 64 }), 'ERR_FILE_FORMAT'],
];

test('a file that is no sound, empty, damaged or of an unknown format is refused in words; what is stored stays', async ({
  page,
  pageErrors,
}) => {
  // The browser's own note about what decodeAudioData was given.
  pageErrors.expect(/decod/i);
  const studio = await Studio.open(page);
  const good = await studio.importFile(noise('good.wav', 48_000, 1));
  const before = { stored: await storedOn(page), state: await studio.state() };
  expect(before.stored.sounds).toEqual([expect.stringContaining(good.content_hash)]);
  for (const [file, name] of badFiles) {
    await drop(page, file);
    await expectError(page, name, `${file.name}: `);
  }
  expect(await storedOn(page)).toEqual(before.stored);
  const { objects, meta } = await studio.state();
  expect([objects, meta.revisionId]).toEqual([before.state.objects, before.state.meta.revisionId]);
  await studio.importFile(noise('another.wav', 4800, 2));
  expect((await studio.files()).map(({ name }) => name).sort()).toEqual(['another', 'good']);
});

test('a WAV with wrong sizes and one with values that are no numbers are repaired, and the person is told', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  await drop(page, truncatedWav('cut short.wav', 600));
  await expect(
    page.getByRole('status').filter({ hasText: 'cut short.wav: the sizes in its header were wrong' }),
  ).toBeVisible();
  const values = [0.5, Number.NaN, Number.POSITIVE_INFINITY, -0.5];
  await drop(
    page,
    wavOf('wild.wav', 1, 4, (frame) => values[frame] ?? 0),
  );
  await expect(page.getByRole('status').filter({ hasText: 'wild.wav: 2 samples were not numbers' })).toBeVisible();
  const [cutShort, wild] = await Promise.all(
    ['cut short', 'wild'].map(async (name) => (await studio.files()).find((file) => file.name === name)),
  );
  expect(cutShort?.frames).toBe(600);
  expect(wild?.frames).toBe(4);
  if (!wild) return;
  const { timeline } = await studio.arrange([{ file: wild, at: 0 }]);
  const [left] = await studio.render(timeline, { from: 0, to: 4 / 48_000 });
  expect(Array.from(left ?? [])).toEqual([0.5, 0, 0, -0.5]);
});

test('an MP3 with a cover image is a sound like any other', async ({ page }) => {
  const studio = await Studio.open(page);
  await drop(page, await fixture('tone-cover.mp3'));
  await expect
    .poll(async () => (await studio.files()).map(({ name, frames }) => [name, frames]))
    .toEqual([['tone-cover', 22_050]]);
});

test('a file that has changed on disk since it was chosen is refused', async ({ page }) => {
  const studio = await Studio.open(page);
  const folder = await mkdtemp(join(tmpdir(), 'atome-file-'));
  const path = join(folder, 'take.wav');
  await writeFile(path, noise('take.wav', 48_000, 3).bytes);
  const chooser = await page.evaluateHandle(() => Object.assign(document.createElement('input'), { type: 'file' }));
  await chooser.asElement()?.setInputFiles(path);
  await writeFile(path, noise('take.wav', 96_000, 4).bytes);
  const before = await storedOn(page);
  await chooser.evaluate((input: HTMLInputElement) => {
    const carried = new DataTransfer();
    for (const file of input.files ?? []) carried.items.add(file);
    const event = new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer: carried });
    document.body.dispatchEvent(event);
  });
  await expectError(page, 'ERR_FILE_VANISHED', 'take.wav: ');
  expect(await storedOn(page)).toEqual(before);
  expect(await studio.files()).toEqual([]);
  await rm(folder, { recursive: true });
});

test('the quota reached in the middle of an import: nothing half stored, the space given back, and room again later', async ({
  openProfile,
}) => {
  const page = await (await openProfile()).newPage();
  const studio = await Studio.open(page);
  await studio.importFile(noise('kept.wav', 48_000, 5));
  const before = { stored: await storedOn(page), objects: (await studio.state()).objects };
  const long = noise('long.wav', 1_500_000, 6);
  await limitQuota(page, 6 << 20);
  await drop(page, long);
  await expectError(page, 'ERR_DISK_FULL', 'long.wav: ');
  await expect.poll(() => storedOn(page)).toEqual(before.stored);
  expect((await studio.state()).objects).toEqual(before.objects);
  await limitQuota(page);
  expect((await studio.importFile(long)).frames).toBe(1_500_000);
});

test('a format that only decodeAudioData knows is decoded by it: MP3 inside of a WAV', async ({ page }) => {
  const studio = await Studio.open(page);
  const mp3 = await fixture('tone.mp3');
  const imported = await studio.importFile(waveAround('old radio.wav', formatOfMp3, mp3.bytes));
  expect(imported).toMatchObject({ sample_rate: 44_100, channels: 2, bit_depth: 32 });
  // decodeAudioData may leave what the encoder put before and after the recording: two MP3 frames of 1152 and its delay.
  expect(Math.abs(imported.frames - 22_050)).toBeLessThan(4 * 1152);
  const { timeline } = await studio.arrange([{ file: imported, at: 0 }]);
  const rendered = await studio.render(timeline, { from: 0.2, to: 0.4, sampleRate: 44_100 });
  expect(peak(rendered.slice(0, 1))).toBeCloseTo(0.5, 1);
  expect(peak(rendered.slice(1))).toBeCloseTo(0.25, 1);
});

test('the quota reached while a file is decoded, and while the mix is exported: nothing is left, and later there is room', async ({
  openProfile,
}) => {
  const page = await (await openProfile()).newPage();
  const studio = await Studio.open(page);
  const kept = await studio.importFile(noise('kept.wav', 48_000, 5));
  // Six minutes at 120 beats per minute: 104 MB as 24-bit samples.
  await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: await studio.timelineId(),
    audio_file_id: kept.id,
    play_position: 720,
  });
  const before = { stored: await storedOn(page), objects: (await studio.state()).objects };
  const decoded = waveAround('voice.wav', formatOfALaw, noise('', 500_000, 6).bytes);
  await limitQuota(page, 6 << 20);
  await drop(page, decoded);
  await expectError(page, 'ERR_DISK_FULL', 'voice.wav: ');
  await expect.poll(() => storedOn(page)).toEqual(before.stored);

  await page.keyboard.press('Control+KeyE');
  const dialog = page.getByRole('dialog', { name: 'Export the mix' });
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expectError(page, 'ERR_DISK_FULL');
  await expect.poll(() => storedOn(page)).toEqual(before.stored);
  expect((await studio.state()).objects).toEqual(before.objects);

  await limitQuota(page);
  expect((await studio.importFile(decoded)).frames).toBe(decoded.bytes.length - 44);
  await page.keyboard.press('Control+KeyE');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const { size } = await stat(await (await downloading).path());
  expect(size).toBe(44 + 361 * 48_000 * 6);
});

test('a sound whose object cannot be stored is taken back', async ({ page }) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('kept.wav', 4800, 7));
  const before = await storedOn(page);
  await (await workerOf(page, 'session')).evaluate(() => {
    const refuse = (): never => {
      throw new DOMException('refused', 'UnknownError');
    };
    Object.assign(IDBObjectStore.prototype, { add: refuse, put: refuse });
  });
  await drop(page, noise('lost.wav', 4800, 8));
  await expectError(page, 'ERR_STORAGE_WRITE', 'lost.wav: ');
  expect((await storedOn(page)).sounds).toEqual(before.sounds);
});
