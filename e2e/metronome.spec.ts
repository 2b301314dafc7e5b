// The metronome and the tempo: clicks on exact frames while it plays, switched and set as a person does it.
import { expect, test } from './support/fixtures.ts';
import { onsets, peak } from './support/sound.ts';
import { Studio } from './support/studio.ts';

const rate = 48_000;

const ramp = [
  { start_position: 0, bpm: 60, time_signature: '4/4', curve: 'linear' },
  { start_position: 8, bpm: 240, time_signature: '4/4' },
] as const;
/** Seconds at a beat of the ramp: the integral of 60 / (60 + 22.5 d). */
const inRamp = (beat: number): number => (60 / 22.5) * Math.log1p((22.5 * beat) / 60);

test('K switches it, and it clicks every beat of a ramp on its frame, but not in renders', async ({ page }) => {
  const studio = await Studio.open(page);
  const button = page.getByRole('button', { name: 'Metronome', exact: true });
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('k');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  const timeline = await studio.timelineId();
  await studio.run({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timeline, segments: [...ramp] });
  await studio.startSound();
  const { channels } = await studio.record(5 * rate, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const heard = onsets(channels[0]);
  const expected = [1, 2, 3, 4, 5, 6, 7, 8].map((beat) => Math.round(inRamp(beat) * rate));
  const [first = 0] = heard;
  const beats = heard.map((frame) => frame - first);
  expect(beats.slice(0, 9)).toEqual([0, ...expected]);
  const rendered = await studio.render(timeline, { from: 0, to: 1 });
  expect(peak(rendered)).toBe(0);
});

test('the tempo field follows a ramp, and a tempo typed there becomes a point of it', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  await studio.run({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: timeline, segments: [...ramp] });
  await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 4 });
  await page.getByRole('button', { name: 'Tempo: 150.00' }).click();
  const field = page.getByRole('textbox', { name: 'Tempo' });
  await field.fill('100');
  await field.press('Enter');
  await expect(page.getByRole('button', { name: 'Tempo: 100.00' })).toBeVisible();
  expect((await studio.state()).objects[timeline]).toMatchObject({
    tempo_segments: [ramp[0], { ...ramp[0], start_position: 4, bpm: 100 }, ramp[1]],
  });
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Tempo: 150.00' })).toBeVisible();
});

test('held, or pressed with the right button, it opens its level; the choice lasts over a reload', async ({
  page,
  expectAccessible,
}) => {
  const studio = await Studio.open(page);
  const button = page.getByRole('button', { name: 'Metronome', exact: true });
  const level = page.getByRole('slider', { name: 'Level of the metronome' });
  await button.click();
  await button.click({ delay: 700 });
  await expect(level).toBeVisible();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Escape');
  await expect(level).toBeHidden();
  await expect(button).toBeFocused();
  await button.click({ button: 'right' });
  await expect(level).toBeFocused();
  await expectAccessible();
  await page.keyboard.press('Home');
  await expect(level).toHaveAttribute('aria-valuetext', '−∞ dB');
  await expect.poll(async () => (await studio.shownState()).transport.metronome.gain).toBe(0);
  await page.keyboard.press('PageUp');
  const gain = 10 ** (-50 / 20);
  await expect.poll(async () => (await studio.shownState()).transport.metronome.gain).toBeCloseTo(gain, 6);
  await page.mouse.click(600, 500);
  await expect(level).toBeHidden();
  const again = await studio.reload();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => (await again.state()).transport.metronome.gain).toBeCloseTo(gain, 6);
});

test('a new tempo while it plays is one change: the clicks go on from the beat it came in', async ({ page }) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  await studio.run({ cmd: 'SET_METRONOME', enabled: true, gain: 1 });
  await studio.run({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm: 300 });
  await studio.startSound();
  const recording = studio.record(6 * rate, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  for (const bpm of [200, 250, 160, 240, 300]) {
    await studio.passFrames(0.6 * rate);
    await studio.run({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm });
  }
  const { channels } = await recording;
  const heard = onsets(channels[0]);
  const gaps = heard.slice(1).map((frame, index) => frame - (heard[index] ?? 0));
  // Between two clicks passes one beat, at one of the tempi or partly at each of two: never less, never more.
  const shortest = (60 / 300) * rate;
  const longest = (60 / 160) * rate;
  expect(gaps.length).toBeGreaterThan(14);
  for (const gap of gaps) {
    expect(gap).toBeGreaterThanOrEqual(shortest - 1);
    expect(gap).toBeLessThanOrEqual(longest + 1);
  }
});
