// The lanes of markers, tempo and events above the clips: by mouse, by keyboard, and folded away.
import type { Locator, Page } from '@playwright/test';
import type { AtomeObject } from '../app/protocol/kinds.ts';
import { expect, test } from './support/fixtures.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

/** A timeline of eight seconds at 120 bpm, seen whole, without snapping. */
async function eightSeconds(page: Page): Promise<{ studio: Studio; timeline: string; stage: Stage }> {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 48_000, 8));
  const timeline = await studio.timelineId();
  for (const play_position of [0, 14]) {
    await studio.run({ cmd: 'ADD_CLIP', timeline_id: timeline, audio_file_id: file.id, play_position });
  }
  await page.getByRole('button', { name: 'Snapping', exact: true }).click();
  return { studio, timeline, stage: await Stage.fit(studio) };
}

async function objectsOf<K extends AtomeObject['kind']>(studio: Studio, kind: K) {
  const { objects } = await studio.state();
  return Object.values(objects).filter((object): object is AtomeObject & { kind: K } => object.kind === kind);
}

async function middleOf(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + 4, y: box.y + box.height / 2 };
}

test('markers are set, dragged, named, tagged, looped, played from and deleted', async ({ page, expectAccessible }) => {
  const { studio, timeline, stage } = await eightSeconds(page);
  const lane = page.getByRole('listbox', { name: 'Markers' });
  const flags = lane.getByRole('option');
  const markers = async () =>
    (await objectsOf(studio, 'TimelineMarkerAtome'))
      .sort((a, b) => a.time - b.time)
      .map(({ id: _id, ...rest }) => rest);
  const { y } = await middleOf(page.getByText('Double click sets a marker'));

  // By key at the playhead, by double click where one points.
  await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 2 });
  await page.keyboard.press('KeyM');
  await expect(flags).toHaveCount(1);
  await page.mouse.dblclick(stage.x(4), y);
  await expect(flags).toHaveCount(2);
  expect(await markers()).toMatchObject([{ time: 2, name: 'Marker 1' }, { name: 'Marker 2' }]);
  expect((await markers())[1]?.time).toBeCloseTo(8, 0);

  // One drag is one step; Escape leaves no trace.
  const { undoDepth } = (await studio.state()).history;
  const second = flags.nth(1);
  const from = await middleOf(second);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(stage.x(1), from.y, { steps: 3 });
  await page.keyboard.press('Escape');
  await page.mouse.up();
  expect((await studio.state()).history.undoDepth).toBe(undoDepth);
  await stage.drag(from, { x: stage.x(6) + 4, y: from.y });
  await expect.poll(async () => (await markers())[1]?.time).toBeCloseTo(12, 0);
  expect((await studio.state()).history.undoDepth).toBe(undoDepth + 1);

  await second.dblclick();
  await page.getByRole('textbox', { name: 'Rename marker' }).fill('Chorus');
  await page.keyboard.press('Enter');
  await expect(second).toHaveAccessibleName(/^Chorus, /);
  await expect(second).toBeFocused();
  await page.keyboard.press('Alt+ArrowRight');
  await expect.poll(async () => (await markers())[1]?.time).toBeGreaterThan(12.1);

  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitemcheckbox', { name: 'Cue' }).click();
  await expect.poll(markers).toMatchObject([{ tags: [] }, { name: 'Chorus', tags: ['cue'] }]);
  await expectAccessible();

  const first = flags.first();
  await page.keyboard.press('ArrowLeft');
  await expect(first).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.position).toBe(2);
  await first.click({ button: 'right', position: { x: 4, y: 10 } });
  await page.getByRole('menuitem', { name: 'Loop up to the next marker' }).click();
  const [start, end] = (await objectsOf(studio, 'TimelineMarkerAtome')).sort((a, b) => a.time - b.time);
  await expect
    .poll(async () => (await objectsOf(studio, 'TimelineAtome'))[0])
    .toMatchObject({ loop_enabled: true, loop: { start: 2, start_marker_id: start?.id, end_marker_id: end?.id } });
  await first.click({ button: 'right', position: { x: 4, y: 10 } });
  await page.getByRole('menuitem', { name: 'Play up to the next marker' }).click();
  await expect.poll(async () => (await studio.state()).timelines[timeline]?.playing).toBe(true);

  await first.focus();
  await page.keyboard.press('Delete');
  await expect(flags).toHaveCount(1);
  await expect(flags).toBeFocused();
  await page.keyboard.press('Control+KeyZ');
  await expect(flags).toHaveCount(2);
});

test('a dragged marker keeps to the grid, and to other markers', async ({ page }) => {
  const { studio, timeline, stage } = await eightSeconds(page);
  await page.getByRole('button', { name: 'Snapping', exact: true }).click();
  const [id = ''] = await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 3 });
  const flag = page.getByRole('listbox', { name: 'Markers' }).getByRole('option');
  const from = await middleOf(flag);
  await stage.drag(from, { x: stage.x(4) + 2 + from.x - stage.x(1.5), y: from.y });
  await expect
    .poll(async () => (await objectsOf(studio, 'TimelineMarkerAtome')).find((marker) => marker.id === id)?.time)
    .toBe(8);
});

test('the tempo is a line with points, dragged, typed, bent and deleted', async ({ page, expectAccessible }) => {
  const { studio, stage } = await eightSeconds(page);
  const segments = async () => (await objectsOf(studio, 'TimelineAtome'))[0]?.tempo_segments;
  await page.getByRole('button', { name: 'Tempo lane' }).click();
  const lane = page.getByRole('listbox', { name: 'Tempo' });
  const points = lane.getByRole('option');
  await expect(points).toHaveCount(1);
  const box = await points.first().locator('..').locator('..').boundingBox();
  await page.mouse.dblclick(stage.x(2), (box?.y ?? 0) + 8);
  await expect(points).toHaveCount(2);
  expect((await segments())?.[1]?.start_position).toBeCloseTo(4, 0);

  // Up: half a beat per minute for each pixel; sideways: along the time. Each is one step.
  const { undoDepth } = (await studio.state()).history;
  const second = points.nth(1);
  const grip = async () => {
    const at = await middleOf(second.locator('.tempo-point'));
    return { x: at.x + 1, y: at.y };
  };
  let from = await grip();
  await stage.drag(from, { x: from.x, y: from.y - 20 });
  await expect.poll(async () => (await segments())?.[1]?.bpm).toBe(130);
  from = await grip();
  await stage.drag(from, { x: from.x + stage.x(2) - stage.x(0), y: from.y });
  await expect.poll(async () => (await segments())?.[1]?.start_position).toBeCloseTo(8, 0);
  expect((await segments())?.[1]?.bpm).toBe(130);
  expect((await studio.state()).history.undoDepth).toBe(undoDepth + 2);

  await second.dblclick();
  const field = page.getByRole('textbox', { name: 'Type tempo and time signature' });
  await field.fill('fast');
  await field.press('Enter');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('150 3/4');
  await field.press('Enter');
  await expect.poll(segments).toMatchObject([{ time_signature: '4/4' }, { bpm: 150, time_signature: '3/4' }]);
  await second.press('ArrowUp');
  await expect.poll(async () => (await segments())?.[1]?.bpm).toBe(151);

  await second.press('Home');
  await expect(points.first()).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.getByRole('menuitemcheckbox', { name: 'Moves evenly to the next' }).click();
  await expect.poll(segments).toMatchObject([{ curve: 'linear' }, {}]);
  await expect(points.first()).toHaveAccessibleName(/^120 bpm, 4\/4, .*Moves evenly/);
  await expectAccessible();

  await second.press('Delete');
  await expect(points).toHaveCount(1);
  await expect(points).toBeFocused();
});

test('events are added by type, inspected, dragged, left out and deleted', async ({ page, expectAccessible }) => {
  const { studio, timeline, stage } = await eightSeconds(page);
  const [marker] = await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 0, name: 'Verse' });
  const events = () => objectsOf(studio, 'TimelineEventAtome');
  await page.keyboard.press('Alt+KeyE');
  const { y } = await middleOf(page.getByText('Double click adds an event'));
  await page.mouse.dblclick(stage.x(4), y);
  await page.getByRole('menuitem', { name: 'Jump to a marker' }).click();
  const chips = page.getByRole('listbox', { name: 'Events' }).getByRole('option');
  await expect(chips).toHaveCount(1);
  expect(await events()).toMatchObject([
    { type: 'timeline_jump_marker', payload: { marker_id: marker }, muted: false },
  ]);
  expect((await events())[0]?.time).toBeCloseTo(8, 0);
  const inspector = page.locator('.inspector');
  await expect(inspector.getByLabel('Marker', { exact: true })).toHaveValue(marker ?? '');

  await stage.drag(await middleOf(chips.first()), { x: stage.x(6) + 4, y });
  await expect.poll(async () => (await events())[0]?.time).toBeCloseTo(12, 0);
  await chips.first().press('Shift+F10');
  await page.getByRole('menuitemcheckbox', { name: 'Leave the event out' }).click();
  await expect.poll(events).toMatchObject([{ muted: true }]);
  await expect(chips.first()).toHaveAccessibleName(/left out$/);

  await page.mouse.dblclick(stage.x(1), y);
  await page.getByRole('menuitem', { name: 'Run a script' }).click();
  const source = inspector.getByRole('textbox', { name: 'Script' });
  await source.fill('const answer = 42;');
  await source.blur();
  const script = async () => (await events()).find(({ type }) => type === 'script_run');
  await expect.poll(script).toMatchObject({ payload: { source: 'const answer = 42;' } });

  await page.mouse.dblclick(stage.x(3.5), y);
  await page.getByRole('menuitem', { name: 'Change a clip’s sound' }).click();
  const level = inspector.getByRole('spinbutton', { name: 'Gain' });
  await level.fill('-6 dB');
  await level.press('Enter');
  const change = async () => (await events()).find(({ type }) => type === 'audio_clip_param');
  await expect.poll(async () => (await change())?.payload.gain).toBeCloseTo(0.501, 3);
  expect((await change())?.target_clip_id).toBe((await studio.clips())[0]?.id);
  await expectAccessible();

  await chips.nth(2).focus();
  await page.keyboard.press('Delete');
  await expect(chips).toHaveCount(2);
  await expect(chips.nth(1)).toBeFocused();
});

test('a script that cannot be run is kept as it is written, and told with its line when it is entered and shown', async ({
  page,
  expectAccessible,
}) => {
  const { studio, timeline } = await eightSeconds(page);
  const half = 'const bars = 4;\nfor (const bar of';
  const event = { cmd: 'ADD_EVENT', timeline_id: timeline, type: 'script_run' } as const;
  await studio.run({ ...event, time: 2, name: 'Whole', payload: { source: 'return 1' } });
  await studio.run({ ...event, time: 8, name: 'Half', payload: { source: half } });
  await page.keyboard.press('Alt+KeyE');
  const inspector = page.locator('.inspector');
  const source = inspector.getByRole('textbox', { name: 'Script' });
  const said = inspector.getByRole('alert');
  const select = (name: string) => page.getByRole('option', { name }).click();
  await select('Half');
  await expect(said).toContainText('The script cannot be run as it is written');
  await expect(said).toContainText('line 2: SyntaxError');
  await expect(said).toContainText('4013');
  await expect(source).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible();
  await source.fill(`${half} [1, bars]) log(bar);`);
  await source.blur();
  await expect(said).toBeHidden();
  await expect(source).toHaveAttribute('aria-invalid', 'false');

  await select('Whole');
  await expect(source).toHaveValue('return 1');
  await source.fill('return 1;\nlet = 2 2');
  await source.blur();
  await expect(said).toContainText('line 2: SyntaxError');
  const kept = Object.values((await studio.state()).objects).filter((object) => object.kind === 'TimelineEventAtome');
  expect(kept.map(({ payload }) => payload.source)).toContain('return 1;\nlet = 2 2');
});

test('lanes are folded and unfolded, and stay so', async ({ page }) => {
  const { studio } = await eightSeconds(page);
  const button = page.getByRole('button', { name: 'Markers lane' });
  const hint = page.getByText('Double click sets a marker');
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  await button.click();
  await expect(hint).toBeHidden();
  await studio.reload();
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await expect(hint).toBeHidden();
  await page.keyboard.press('Alt+KeyM');
  await expect(hint).toBeVisible();
});
