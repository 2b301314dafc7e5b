// Several timelines in one project: tabs, names, and each with its own place.
import { expect, test } from './support/fixtures.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

test('timelines are tabs: added, named, chosen by mouse and keys, removed and brought back', async ({
  page,
  expectAccessible,
}) => {
  const studio = await Studio.open(page);
  await studio.importFile(noise('a.wav', 24_000, 1));
  const tabs = page.getByRole('tablist', { name: 'Timelines' }).getByRole('tab');
  await expect(tabs).toHaveCount(1);
  await page.getByRole('button', { name: 'Add a timeline' }).click();
  await expect(tabs).toHaveCount(2);
  await expect(tabs.nth(1)).toHaveAttribute('aria-selected', 'true');
  await tabs.nth(1).dblclick();
  await page.getByLabel('Name of the timeline').fill('Chorus');
  await page.keyboard.press('Enter');
  await expect(tabs.nth(1)).toHaveText('Chorus');
  await expectAccessible();

  // What is shown here is nobody's edit.
  const { undoDepth } = (await studio.state()).history;
  await tabs.nth(0).click();
  await expect(tabs.nth(0)).toHaveAttribute('aria-selected', 'true');
  await tabs.nth(0).press('ArrowRight');
  await expect(tabs.nth(1)).toBeFocused();
  expect((await studio.state()).history.undoDepth).toBe(undoDepth);

  // The space bar plays the timeline in sight.
  await tabs.nth(1).click();
  await page.keyboard.press('Space');
  const chorus = Object.values((await studio.state()).objects).find(
    (object) => object.kind === 'TimelineAtome' && object.name === 'Chorus',
  );
  await expect.poll(async () => (await studio.state()).timelines[chorus?.id ?? '']?.playing).toBe(true);
  await expect(tabs.nth(1).getByRole('img', { name: 'playing' })).toBeVisible();
  await page.keyboard.press('Space');

  await page.getByRole('button', { name: 'Remove the timeline “Chorus”' }).click();
  await expect(tabs).toHaveCount(1);
  await page.keyboard.press('Control+KeyZ');
  await expect(tabs).toHaveCount(2);
});

test('a new timeline says what to do with it, and what was selected elsewhere is let go of', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 48_000, 1));
  await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: await studio.timelineId(),
    audio_file_id: file.id,
    play_position: 0,
  });
  await expect(page.getByRole('gridcell')).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+KeyA');
  const position = page.getByRole('region', { name: 'Selected clips' }).getByText('Position');
  await expect(position).toBeVisible();
  const hint = page.getByText('Drag files here from the list');
  await expect(hint).toHaveCount(0);
  await page.getByRole('button', { name: 'Add a timeline' }).click();
  await expect(hint).toBeVisible();
  await expect(position).toHaveCount(0);
  await expect(page.getByText('Select a clip to see')).toBeVisible();
});

test('a nested timeline is placed, drawn, opened by double click, left by its way, shortened and inspected', async ({
  page,
  expectAccessible,
}) => {
  const studio = await Studio.open(page);
  const outer = await studio.timelineId();
  const file = await studio.importFile(noise('a.wav', 48_000, 1));
  const [inner = ''] = await studio.run({ cmd: 'CREATE_TIMELINE', name: 'Verse', type: 'audio', timebase: 'seconds' });
  await studio.run({ cmd: 'ADD_CLIP', timeline_id: inner, audio_file_id: file.id, play_position: 0 });
  await page.keyboard.press('Control+KeyK');
  await page.getByRole('combobox').fill('Place “Verse”');
  await page.keyboard.press('Enter');
  const nested = async () => {
    const { objects } = await studio.state();
    return Object.values(objects).find((object) => object.kind === 'TimelineClipAtome');
  };
  await expect.poll(nested).toMatchObject({ timeline_id: outer, nested_timeline_id: inner, play_position: 0 });
  const inspector = page.getByRole('region', { name: 'Clip' });
  await expect(inspector.getByRole('button', { name: 'Open “Verse”' })).toBeVisible();
  await expectAccessible();

  const id = (await nested())?.id ?? '';
  const stage = await Stage.fit(studio);
  const edge = stage.edge(id, 'right');
  await stage.drag(edge, { ...edge, x: stage.x(0.5) });
  await expect.poll(async () => (await nested())?.duration ?? 0).toBeCloseTo(1, 1);

  await page.mouse.dblclick(stage.x(0.2), stage.body(id).y);
  const way = page.getByRole('navigation', { name: 'Way into nested timelines' });
  await expect(way.getByRole('button')).toHaveText(['Timeline 1', 'Verse']);
  await expect(page.getByRole('gridcell')).toHaveText(/^a, /);
  await way.getByRole('button', { name: 'Timeline 1' }).click();
  await expect(page.getByRole('gridcell')).toHaveText(/^Verse, /);
  await expect(way).toBeHidden();
});

test('two timelines under each other, each with its own view, keys and play button', async ({
  page,
  expectAccessible,
}) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 48_000, 1));
  const first = await studio.timelineId();
  const [second = ''] = await studio.run({ cmd: 'CREATE_TIMELINE', name: 'B', type: 'audio', timebase: 'seconds' });
  for (const timeline_id of [first, second]) {
    await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  }
  const views = page.locator('section.timeline');
  await expect(views).toHaveCount(1);
  await page.getByRole('button', { name: 'Show two timelines' }).click();
  await expect(views).toHaveCount(2);
  await expect(page.getByRole('tab', { name: 'B', selected: true })).toHaveCount(1);
  await expectAccessible();

  const playing = async () => {
    const { timelines } = await studio.state();
    return [first, second].map((id) => timelines[id]?.playing);
  };
  await page.getByRole('button', { name: 'Play “B”' }).click();
  await expect.poll(playing).toEqual([false, true]);
  await page.getByRole('button', { name: 'Play “Timeline 1”' }).click();
  await expect.poll(playing).toEqual([true, true]);
  // Keys speak of the pane that was touched last: the first one.
  await page.keyboard.press('Space');
  await expect.poll(playing).toEqual([false, true]);
  await page.getByRole('button', { name: 'Stop “B”' }).click();
  await expect.poll(playing).toEqual([false, false]);

  await page.getByRole('button', { name: 'Show two timelines' }).click();
  await expect(views).toHaveCount(1);
});
