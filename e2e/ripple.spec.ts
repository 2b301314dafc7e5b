// Ripple, and time put in and taken out: what lies behind moves along, as stored and as heard.
import { expect, test } from './support/fixtures.ts';
import { differences } from './support/sound.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

const rate = 48_000;
/** Seconds; the page's own timeline begins at 120 bpm, in beats. */
const beat = 0.5;

/** One lane of clips of two beats each, one after the other. */
async function openLane(studio: Studio, count: number) {
  const timeline = await studio.timelineId();
  const [lane = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: 'Lane' });
  const clips: string[] = [];
  for (let index = 0; index < count; index++) {
    const file = await studio.importFile(noise(`Part ${index}.wav`, 2 * beat * rate, 51 + index));
    clips.push(
      ...(await studio.run({
        cmd: 'ADD_CLIP',
        timeline_id: timeline,
        audio_file_id: file.id,
        group_id: lane,
        play_position: 2 * index,
      })),
    );
  }
  const [a = '', b = '', c = '', d = ''] = clips;
  return { timeline, lane, a, b, c, d };
}

const placesOf = async (studio: Studio): Promise<Record<string, number>> =>
  Object.fromEntries((await studio.clips()).map(({ id, play_position }) => [id, play_position]));

test('a switch makes deleted, trimmed and nudged clips take what lies behind along', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline, a, b, c, d } = await openLane(studio, 4);
  const before = await studio.render(timeline, { from: 0, to: 8 * beat });
  const ripple = page.getByRole('button', { name: 'Ripple' });
  await expect(ripple).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Shift+KeyR');
  await expect(ripple).toHaveAttribute('aria-pressed', 'true');

  let stage = await Stage.fit(studio);
  await stage.click(stage.body(b));
  await page.keyboard.press('Delete');
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 0, [c]: 2, [d]: 4 });
  const after = await studio.render(timeline, { from: 0, to: 6 * beat });
  expect(differences(after, 0, before, 0, 2 * beat * rate)).toBe(0);
  expect(differences(after, 2 * beat * rate, before, 4 * beat * rate, 4 * beat * rate)).toBe(0);

  stage = await Stage.fit(studio);
  const right = stage.edge(c, 'right');
  await stage.drag(right, { x: stage.x(3 * beat) - 2, y: right.y });
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 0, [c]: 2, [d]: 3 });

  // Back at once, and off again: what lies behind stays where it is.
  await page.keyboard.press('ControlOrMeta+KeyZ');
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 0, [c]: 2, [d]: 4 });
  await ripple.click();
  stage = await Stage.fit(studio);
  await stage.click(stage.body(a));
  await page.keyboard.press('Delete');
  await expect.poll(() => placesOf(studio)).toEqual({ [c]: 2, [d]: 4 });
});

test('several clips dragged with ripple close the gap they leave and make room where they land', async ({ page }) => {
  const studio = await Studio.open(page);
  const { a, b, c, d } = await openLane(studio, 4);
  await page.getByRole('button', { name: 'Ripple' }).click();
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(a));
  await page.keyboard.down('Shift');
  await stage.click(stage.body(b));
  await page.keyboard.up('Shift');
  const from = stage.body(a);
  await stage.drag(from, { x: from.x + stage.x(2 * beat) - stage.x(0), y: from.y });
  await expect.poll(() => placesOf(studio)).toEqual({ [c]: 0, [a]: 2, [b]: 4, [d]: 6 });
  expect((await studio.state()).history.undoLabel).toBe('Move clips');
  await page.keyboard.press('ControlOrMeta+KeyZ');
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 0, [b]: 2, [c]: 4, [d]: 6 });

  // The choice is kept.
  const again = await studio.reload();
  await expect(again.page.getByRole('button', { name: 'Ripple' })).toHaveAttribute('aria-pressed', 'true');
});

test('as much time as the loop holds is put in at the playhead, and taken out of the timeline', async ({ page }) => {
  const studio = await Studio.open(page);
  const { timeline, a, b } = await openLane(studio, 2);
  const before = await studio.render(timeline, { from: 0, to: 4 * beat });
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 1, end: 4 } });
  const choose = async (words: string): Promise<void> => {
    await page.keyboard.press('ControlOrMeta+KeyK');
    await page.getByRole('combobox', { name: 'What do you want to do?' }).fill(words);
    await page.keyboard.press('Enter');
  };
  await choose('Insert time at the playhead');
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 3, [b]: 5 });
  await page.keyboard.press('ControlOrMeta+KeyZ');
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 0, [b]: 2 });

  await studio.shownState();
  await choose('Remove the time of the loop');
  await expect.poll(() => placesOf(studio)).toEqual({ [a]: 0 });
  const after = await studio.render(timeline, { from: 0, to: beat });
  expect(differences(after, 0, before, 0, beat * rate)).toBe(0);
});
