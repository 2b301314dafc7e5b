// Fitting clips to the tempo of the timeline, and where their beats are not clear.
import { expect, test } from './support/fixtures.ts';
import { peak } from './support/sound.ts';
import { Stage } from './support/stage.ts';
import { beatsPerSecond, bpm, clipOf, drums, firstHit, hits, openWith } from './support/stretching.ts';
import { noise } from './support/wav.ts';

const rate = 48_000;

test('a clip is fitted to the tempo of the timeline, its beats on the grid; half and double are a press away', async ({
  page,
}) => {
  const session = await openWith(page, drums('Drums.wav'), 3.3);
  const { studio, timeline, clip } = session;
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  const tempo = page.getByRole('spinbutton', { name: 'Tempo of the file' });
  await expect.poll(async () => Number.parseFloat(await tempo.inputValue())).toBeCloseTo(bpm, 0);
  await page.getByRole('button', { name: 'Fit to 120 bpm' }).click();
  await expect.poll(async () => (await clipOf(session))?.stretch_ratio).toBeCloseTo(bpm / 120, 2);
  const fitted = await clipOf(session);
  const beat = (fitted?.play_position ?? 0) + firstHit * (fitted?.stretch_ratio ?? 0) * beatsPerSecond;
  expect(Math.abs(beat - Math.round(beat))).toBeLessThan(0.01);
  // Hits are heard on the beats, and nothing between them.
  const from = Math.round(beat) / beatsPerSecond;
  const sound = await studio.render(timeline, { from, to: from + hits / beatsPerSecond });
  for (let hit = 0; hit < hits; hit++) {
    const frame = (hit * rate) / beatsPerSecond;
    expect(peak(sound, frame, frame + rate / 50)).toBeGreaterThan(0.3);
    expect(peak(sound, frame + rate / 5, frame + rate / 2.2)).toBeLessThan(0.05);
  }

  await page.getByRole('button', { name: 'Half the tempo' }).click();
  await expect(page.getByText('As you say')).toBeVisible();
  await page.getByRole('button', { name: 'Fit to 120 bpm' }).click();
  await expect.poll(async () => (await clipOf(session))?.stretch_ratio).toBeCloseTo(bpm / 240, 2);
  for (const factor of [1, 2]) {
    await page.getByRole('button', { name: 'Double the tempo' }).click();
    await expect.poll(async () => Number.parseFloat(await tempo.inputValue()) / factor).toBeCloseTo(bpm, 0);
  }
  await page.keyboard.press('Shift+KeyT');
  await expect.poll(async () => (await clipOf(session))?.stretch_ratio).toBeCloseTo(bpm / 60, 2);
});

test('where there is no clear beat, nothing is fitted before somebody says the tempo', async ({ page }) => {
  const session = await openWith(page, noise('Rain.wav', 4 * rate, 5));
  const { studio, clip } = session;
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  await expect(page.getByText(/^No (clear beat|beat found)/)).toBeVisible();
  const fit = page.getByRole('button', { name: 'Fit to 120 bpm' });
  await expect(fit).toBeDisabled();
  await page.keyboard.press('Shift+KeyT');
  await expect(page.getByText(/because their tempo is not known: “Rain”/)).toBeVisible();
  expect(await clipOf(session)).toMatchObject({ stretch_algo: 'none' });
  const tempo = page.getByRole('spinbutton', { name: 'Tempo of the file' });
  await tempo.fill('60 bpm');
  await tempo.press('Enter');
  await fit.click();
  await expect.poll(() => clipOf(session)).toMatchObject({ stretch_algo: 'bungee', stretch_ratio: 0.5 });
});
