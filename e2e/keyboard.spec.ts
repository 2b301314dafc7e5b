// The whole basic story without a mouse: files, clips, editing, playing and exporting by keys alone.
import type { Page } from '@playwright/test';
import { expect, test } from './support/fixtures.ts';
import { differences, frameOf, peak, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const rate = 48_000;

/** Presses Tab until `name` has the focus. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const focused = page.locator(':focus');
  for (let presses = 0; presses < 60; presses++) {
    await page.keyboard.press('Tab');
    const words = (await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '';
    if (name.test(words)) return;
  }
  throw new Error(`Tab does not lead to ${name}`);
}

/** Runs a command by its name from the palette. */
async function choose(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+KeyK');
  await expect(page.getByRole('combobox', { name: 'What do you want to do?' })).toBeFocused();
  await page.keyboard.type(words);
  await expect(page.getByRole('option', { selected: true })).toContainText(words);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('import, arrange, play, undo and export by keys alone', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const positions = async () => (await studio.clips()).map(({ play_position }) => play_position);

  const chooser = page.waitForEvent('filechooser');
  await tabTo(page, /Choose files/);
  await page.keyboard.press('Enter');
  const { name, bytes } = noise('Take.wav', 2 * rate, 51);
  await (await chooser).setFiles([{ name, mimeType: 'audio/wav', buffer: Buffer.from(bytes) }]);
  await expect.poll(positions).toEqual([0]);
  const original = await studio.render(timeline, { from: 0, to: 2 });

  // Into the grid, which says what the clip is.
  const cell = page.getByRole('gridcell');
  await expect(cell).toHaveCount(1);
  await cell.focus();
  await expect(cell).toHaveAccessibleName(/^Take, /);
  await page.keyboard.press('Enter');
  await expect(cell).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Control+KeyD');
  await expect.poll(positions).toEqual([0, 4]);
  await expect(cell).toHaveCount(2);

  // From clip to clip, and the focused one moves by the grid.
  await cell.first().focus();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ArrowRight');
  await expect(cell.last()).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(async () => (await positions())[1]).toBeGreaterThan(4);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(positions).toEqual([0, 4]);

  // To a place by typing it, and a cut there.
  await page.getByRole('button', { name: 'Go to a bar or a time' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('1.3');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await studio.shownState()).timelines[timeline]?.position).toBe(2);
  // The cut is made where the playhead is drawn, which the engine tells by another way than the state.
  await expect(page.locator('.position-bars')).toHaveText(/^0*1\.3/);
  await cell.first().focus();
  await page.keyboard.press('KeyS');
  await expect.poll(positions).toEqual([0, 2, 4]);
  await cell.nth(1).focus();
  await page.keyboard.press('Delete');
  await expect.poll(positions).toEqual([0, 4]);
  const cut = await studio.render(timeline, { from: 0, to: 4 });
  expect(differences(cut, 0, original, 0, rate)).toBe(0);
  expect(peak(cut, rate, 2 * rate)).toBe(0);
  await choose(page, 'Undo');
  await choose(page, 'Undo');
  await expect.poll(positions).toEqual([0, 4]);
  expect(differences(await studio.render(timeline, { from: 0, to: 2 }), 0, original, 0, 2 * rate)).toBe(0);

  // A menu for the clip under the focus.
  await cell.first().focus();
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitem', { disabled: false }).first()).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(cell.first()).toBeFocused();

  await page.keyboard.press('Home');
  await choose(page, 'Go to the start');
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.position).toBe(0);
  await studio.startSound();
  const recording = studio.record(3 * rate);
  await page.keyboard.press('Space');
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.playing).toBe(true);
  const { channels } = await recording;
  await page.keyboard.press('Space');
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.playing).toBe(false);
  const { first } = soundingRange(channels);
  // It may have played already when the recording began.
  const from = frameOf(channels, first, original);
  expect(from).toBeGreaterThanOrEqual(0);
  expect(from).toBeLessThan(rate);
  expect(differences(channels, first, original, from, Math.min(2 * rate - from, 3 * rate - first))).toBe(0);

  await page.keyboard.press('Control+KeyE');
  await expect(page.getByRole('dialog', { name: 'Export the mix' })).toBeVisible();
  await tabTo(page, /^Export$/);
  const downloading = page.waitForEvent('download');
  await page.keyboard.press('Enter');
  await downloading;
});

test('the grid leads through lanes and clips by arrows, and Tab reaches one of them', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const file = await studio.importFile(noise('Part.wav', rate, 52));
  for (const lane of ['High', 'Low']) {
    const [group = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: lane });
    for (const position of [0, 4, 8]) {
      await studio.run({
        cmd: 'ADD_CLIP',
        timeline_id: timeline,
        audio_file_id: file.id,
        group_id: group,
        play_position: position,
        name: `${lane} ${position}`,
      });
    }
  }
  await expect(page.getByRole('row', { name: /High/ })).toBeVisible();
  await expect(page.getByRole('gridcell')).toHaveCount(6);
  await expect(page.locator('[role="gridcell"][tabindex="0"]')).toHaveCount(1);
  const focused = page.locator('[role="gridcell"]:focus');
  await page.getByRole('gridcell', { name: /^High 0/ }).focus();
  for (const [key, name] of [
    ['ArrowRight', /^High 4/],
    ['ArrowDown', /^Low 4/],
    ['End', /^Low 8/],
    ['ArrowUp', /^High 8/],
    ['Home', /^High 0/],
    ['ArrowLeft', /^High 0/],
  ] as const) {
    await page.keyboard.press(key);
    await expect(focused).toHaveAccessibleName(name);
  }
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+Enter');
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(2);
  await page.keyboard.press('Shift+KeyM');
  await expect
    .poll(async () => (await studio.clips()).filter(({ muted }) => muted).map(({ name }) => name))
    .toEqual(['High 0', 'High 4']);
});

test('a shortcut can be changed, and stays so', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('Part.wav', rate, 53));
  const timeline = await studio.timelineId();
  await studio.run({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position: 0 });
  await page.keyboard.press('Shift+Slash');
  const sheet = page.getByRole('dialog', { name: 'Shortcuts' });
  await expect(sheet).toBeVisible();
  await sheet
    .getByRole('row', { name: /^Loop/ })
    .or(sheet.getByRole('listitem').filter({ hasText: /^Loop/ }))
    .getByRole('button')
    .first()
    .press('Enter');
  await page.keyboard.press('KeyW');
  await page.keyboard.press('Escape');
  const looping = async () => {
    const object = (await studio.state()).objects[timeline];
    return object?.kind === 'TimelineAtome' && object.loop_enabled;
  };
  await expect(sheet).toBeHidden();
  await page.keyboard.press('KeyW');
  await expect.poll(looping).toBe(true);
  const again = await studio.reload();
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.keyboard.press('KeyW');
  await expect
    .poll(async () => {
      const object = (await again.state()).objects[timeline];
      return object?.kind === 'TimelineAtome' && object.loop_enabled;
    })
    .toBe(false);
});

test('a dialog that is asked for while another one closes stays open', async ({ page }) => {
  await Studio.open(page);
  await page.keyboard.press('Control+KeyE');
  await expect(page.getByRole('dialog', { name: 'Export the mix' })).toBeVisible();
  await page.evaluate(async () => {
    const closing = document.querySelector('dialog');
    const told = new Promise((resolve) => closing?.addEventListener('close', resolve, { once: true }));
    closing?.close();
    window.dispatchEvent(new KeyboardEvent('keydown', { key: ',', code: 'Comma', ctrlKey: true }));
    await told;
  });
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('what is typed on the way to the palette is meant for it, however long that takes to come', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('Take.wav', 2 * rate, 51));
  const timeline_id = await studio.timelineId();
  await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id, to: 1 });
  const palette = page.getByRole('combobox', { name: 'What do you want to do?' });

  let come = (): void => undefined;
  const coming = new Promise<void>((resolve) => {
    come = resolve;
  });
  await page.route(/Palette-.*\.js$/, async (route) => {
    await coming;
    await route.continue();
  });
  const slow = await studio.reload();
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  const { revisionId } = (await slow.shownState()).meta;
  await page.keyboard.press('Control+KeyA');
  await page.keyboard.press('Control+KeyK');
  await page.keyboard.press('KeyS');
  expect(await slow.clips()).toHaveLength(1);
  expect((await slow.state()).meta.revisionId).toBe(revisionId);
  come();
  await expect(palette).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.keyboard.press('Control+KeyK');
  await page.keyboard.type('split');
  await expect(palette).toHaveValue('split');
});

test('the palette says which switches are on', async ({ page }) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('Take.wav', rate, 51));
  for (const [words, isOn] of [
    ['Follow the playhead', true],
    ['Ripple', false],
    ['Metronome', false],
    ['Loop', false],
  ] as const) {
    await page.keyboard.press('Control+KeyK');
    const entry = page.getByRole('option', { name: words }).first();
    await expect(entry).toHaveAttribute('aria-checked', String(isOn));
    await entry.click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('Control+KeyK');
    await expect(entry).toHaveAttribute('aria-checked', String(!isOn));
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('the palette is there before it is first asked for', async ({ page }) => {
  const arrived = page.waitForResponse(/Palette-.*\.js$/);
  await Studio.open(page);
  await (await arrived).finished();
});

test('what is typed into a number is kept, mended or given up, and then the keys are the page’s again', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('Take.wav', 2 * rate, 51));
  const timeline_id = await studio.timelineId();
  await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  const pitch = async () => (await studio.clips())[0]?.pitch_shift;
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.keyboard.press('Control+KeyA');
  const semitones = page.getByRole('spinbutton', { name: 'Semitones' });
  await semitones.fill('3');
  await semitones.press('Enter');
  await expect.poll(pitch).toBe(3);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(pitch).toBe(0);

  const from = page.getByRole('spinbutton', { name: 'File from' });
  for (const [field, words, before] of [
    [semitones, 'banana', '0 st'],
    [from, '0:30', '0:00.000'],
  ] as const) {
    await field.fill(words);
    await field.press('Enter');
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(words);
    await field.press('Escape');
    await expect(field).toHaveValue(before);
    await expect(field).not.toHaveAttribute('aria-invalid');
    await expect(field).not.toBeFocused();
  }
  await expect(page.getByText('code 4004')).toHaveCount(0);
  expect(await studio.clips()).toMatchObject([{ start_offset: 0, pitch_shift: 0 }]);
});
