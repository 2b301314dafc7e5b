// Stretching as a person does it: by an edge, by numbers, on the way while it plays.
import { expect, test } from './support/fixtures.ts';
import { type Point, Stage } from './support/stage.ts';
import {
  beatsPerSecond,
  bpm,
  clipOf,
  drums,
  firstHit,
  hits,
  lengthOf,
  openWith,
  press,
  seconds,
  undoDepth,
} from './support/stretching.ts';

test('an edge dragged with Alt stretches what is heard, in one step, and Escape leaves no trace', async ({ page }) => {
  const session = await openWith(page, drums('Drums.wav'), 4);
  const { studio, clip } = session;
  let stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  // Its tempo is known when the inspector says how sure it is.
  await expect(page.getByText(/^Clear beat, \d+ % sure$/)).toBeVisible();
  const depth = await undoDepth(session);
  const { start, end } = stage.clip(clip);
  const edge = stage.edge(clip, 'right');
  /** Three pixels beside the beat at half the length: it snaps. */
  const middle = Math.round((start + (end - start) / 2) * beatsPerSecond) / beatsPerSecond;
  const target = { x: edge.x + stage.x(middle) - stage.x(end) + 3, y: edge.y };

  await page.keyboard.down('Alt');
  await press(page, edge, target);
  const ratio = (middle - start) / (end - start);
  await expect(page.locator('.timeline-words')).toHaveText(
    new RegExp(`^${Number(ratio.toFixed(3))}×.*${(bpm / ratio).toFixed(1)} bpm$`),
  );
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(page.locator('.timeline-words')).toHaveCount(0);
  expect(await undoDepth(session)).toBe(depth);

  await press(page, edge, target);
  await page.mouse.up();
  await page.keyboard.up('Alt');
  await expect.poll(() => undoDepth(session)).toBe(depth + 1);
  const stretched = await clipOf(session);
  expect(stretched).toMatchObject({ play_position: 4, start_offset: 0, stretch_algo: 'bungee', pitch_shift: 0 });
  expect(stretched?.stretch_ratio).toBeCloseTo(ratio, 4);
  expect((await studio.state()).history.undoLabel).toBe('Stretch clip');
  const mark = `${Number(ratio.toFixed(3))}×`;
  await expect(page.getByRole('gridcell', { name: `stretched ${mark}` })).toBeAttached();

  // Trimmed by as much as it shows, the file is cut by as much as that plays.
  stage = await Stage.fit(studio);
  const cut = start + (middle - start) / 2;
  const right = stage.edge(clip, 'right');
  await page.keyboard.press('KeyN');
  await stage.drag(right, { x: right.x + stage.x(cut) - stage.x(middle), y: right.y });
  const played = async () => {
    const { start_offset = 0, end_offset = 0 } = (await clipOf(session)) ?? {};
    return end_offset - start_offset;
  };
  await expect.poll(played).toBeCloseTo(seconds / 2, 1);
  for (let step = 0; step < 2; step++) await page.keyboard.press('Control+z');
  await expect.poll(() => clipOf(session)).toMatchObject({ stretch_algo: 'none', stretch_ratio: 1 });
  await expect.poll(played).toBeCloseTo(seconds, 4);
});

test('hits are drawn and split where the stretched sound has them', async ({ page }) => {
  const session = await openWith(page, drums('Drums.wav'));
  const { studio, clip } = session;
  await studio.run({ cmd: 'SET_CLIP', clip_id: clip, stretch_ratio: 1.6 });
  const stage = await Stage.fit(studio);
  await expect.poll(async () => (await stage.waveform(clip)).some((painted) => painted > 0)).toBe(true);
  /** Seconds of the timeline at which the waveform rises from nothing. */
  const rises = async (): Promise<number[]> => {
    const columns = await stage.waveform(clip);
    const secondsPerColumn = (stage.rect(clip).width / columns.length) * stage.view.secondsPerPixel;
    const most = Math.max(...columns);
    return columns.flatMap((painted, column) =>
      painted > most / 2 && (columns[column - 1] ?? 0) < most / 3 ? column * secondsPerColumn : [],
    );
  };
  const expected = Array.from({ length: hits }, (_, hit) => (firstHit + (hit * 60) / bpm) * 1.6);
  await expect.poll(async () => (await rises()).length).toBe(hits);
  for (const [index, time] of (await rises()).entries()) {
    expect(Math.abs(time - (expected[index] ?? 0))).toBeLessThan(4 * stage.view.secondsPerPixel);
  }
  await stage.click(stage.body(clip));
  await page.keyboard.press('Shift+KeyX');
  await expect.poll(async () => (await studio.clips()).length).toBe(hits + 1);
  for (const [index, piece] of (await studio.clips()).slice(1).entries()) {
    expect(Math.abs(piece.play_position / beatsPerSecond - (expected[index] ?? 0))).toBeLessThan(0.002);
    expect(Math.abs(piece.start_offset - (expected[index] ?? 0) / 1.6)).toBeLessThan(0.002);
  }
});

test('speed and pitch are typed in any unit, switched off and on, and set for several clips at once', async ({
  page,
  expectAccessible,
}) => {
  const session = await openWith(page, drums('Drums.wav'));
  const { studio, clip } = session;
  const [copy = ''] = await studio.run({ cmd: 'DUPLICATE_CLIPS', clip_ids: [clip] });
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  const fill = async (name: string, words: string): Promise<void> => {
    const field = page.getByRole('spinbutton', { name, exact: true });
    await field.fill(words);
    await field.press('Enter');
  };
  await fill('Stretch', '125 %');
  await expect.poll(() => clipOf(session)).toMatchObject({ stretch_algo: 'bungee', stretch_ratio: 1.25 });
  await fill('Sounds at', '120');
  await expect.poll(async () => (await clipOf(session))?.stretch_ratio).toBeCloseTo(bpm / 120, 2);
  await fill('Length', '0:06');
  await expect.poll(() => lengthOf(session)).toBeCloseTo(6, 6);
  await fill('Semitones', '-3');
  // Cents are added to what the page shows.
  await expect(page.getByRole('spinbutton', { name: 'Semitones' })).toHaveValue('−3 st');
  await fill('Cents', '+25');
  await expect.poll(() => clipOf(session)).toMatchObject({ pitch_shift: -2.75 });
  await expectAccessible();

  const stretcher = page.getByRole('button', { name: 'Stretcher', exact: true });
  await expect(stretcher).toHaveAttribute('aria-pressed', 'true');
  await stretcher.click();
  await expect(page.getByRole('spinbutton', { name: 'Semitones' })).toHaveValue('0 st');
  await stretcher.click();
  await expect(page.getByRole('spinbutton', { name: 'Semitones' })).toHaveValue('−3 st');

  await page.keyboard.press('Control+a');
  await expect(page.getByRole('spinbutton', { name: 'Stretch' })).toHaveValue('—');
  await fill('Semitones', '5');
  const both = async () => (await studio.clips()).map(({ id, pitch_shift }) => [id, pitch_shift]);
  await expect.poll(async () => Object.fromEntries(await both())).toEqual({ [clip]: 5.25, [copy]: 5 });
  await page.getByRole('button', { name: 'Reset' }).click();
  for (const id of [clip, copy]) {
    await expect
      .poll(async () => (await studio.clips()).find((other) => other.id === id))
      .toMatchObject({ stretch_algo: 'none', stretch_ratio: 1, pitch_shift: 0 });
  }
});

test('a ratio that is dragged is changed on the way, while it plays, and is one step', async ({ page }) => {
  const session = await openWith(page, drums('Drums.wav'));
  const { studio, timeline, clip } = session;
  await studio.run({ cmd: 'SET_CLIP', clip_id: clip, stretch_ratio: 1.1 });
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const depth = await undoDepth(session);
  const label = page.getByText('Stretch', { exact: true });
  const box = await label.boundingBox();
  if (!box) throw new Error('there is no field');
  const ratio = async (): Promise<number> => (await clipOf(session))?.stretch_ratio ?? 0;
  const lift = async (pixels: number): Promise<void> => page.mouse.move(box.x + 10, box.y + 10 - pixels);

  await lift(0);
  await page.mouse.down();
  await lift(40);
  await expect.poll(ratio).toBeCloseTo(1.2, 6);
  await lift(80);
  await expect.poll(ratio).toBeCloseTo(1.3, 6);
  expect(await undoDepth(session)).toBe(depth + 1);
  await page.mouse.up();
  expect(await undoDepth(session)).toBe(depth + 1);
  expect((await studio.state()).timelines[timeline]?.playing).toBe(true);
  await page.keyboard.press('Control+z');
  await expect.poll(ratio).toBe(1.1);

  // Given up, it is as it was, and nothing is left to be undone.
  await lift(0);
  await page.mouse.down();
  await lift(40);
  await expect.poll(ratio).toBeCloseTo(1.2, 6);
  await page.keyboard.press('Escape');
  await expect.poll(ratio).toBe(1.1);
  await page.mouse.up();
  expect(await undoDepth(session)).toBe(depth);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('the stretch tool turns what a finger does to an edge', async ({ page }) => {
    const session = await openWith(page, drums('Drums.wav'));
    const { studio, clip } = session;
    const stage = await Stage.fit(studio);
    const { x, y } = stage.body(clip);
    await page.touchscreen.tap(x, y);
    await page.getByRole('button', { name: 'Stretch clips by their edges' }).tap();
    const from = stage.edge(clip, 'right');
    const touch = await page.context().newCDPSession(page);
    const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: Point[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints });
    await send('touchStart', from);
    await send('touchMove', { x: from.x - 40, y: from.y });
    await send('touchMove', { x: from.x - 80, y: from.y });
    await expect(page.locator('.timeline-words')).toHaveText(/^0\.\d+×/);
    await send('touchEnd');
    await expect.poll(() => clipOf(session)).toMatchObject({ stretch_algo: 'bungee', start_offset: 0 });
    expect(await lengthOf(session)).toBeLessThan(0.8 * seconds);
  });
});
