// The sentences of follow actions in the inspector, and the earlier values of a property.
import { expect, test } from './support/fixtures.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { noise } from './support/wav.ts';

test('a sentence is chosen word by word, is heard, left out and removed', async ({ page, expectAccessible }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 24_000, 1));
  const timeline = await studio.timelineId();
  const [clip = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: timeline,
    audio_file_id: file.id,
    play_position: 0,
  });
  await studio.run({ cmd: 'ADD_MARKER', timeline_id: timeline, time: 8, name: 'Verse' });
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  const inspector = page.getByRole('region', { name: 'What happens next' });
  await expect(inspector.getByText('Nothing: the timeline plays on.')).toBeVisible();
  await inspector.getByRole('button', { name: 'Add what happens next' }).click();
  await inspector.getByLabel('then').selectOption('jump to the marker');
  await expect(inspector.getByLabel('Marker', { exact: true })).toHaveValue(/.+/);
  await inspector.getByLabel('times').selectOption('only 2 times');
  const actions = async () => {
    const { objects } = await studio.state();
    return Object.values(objects).filter(({ kind }) => kind === 'TimelineFollowAction');
  };
  const marker = Object.values((await studio.state()).objects).find(({ kind }) => kind === 'TimelineMarkerAtome');
  expect(await actions()).toMatchObject([
    { scope: 'clip', target_id: clip, action_type: 'JumpToMarker', params: { marker_id: marker?.id, times: 2 } },
  ]);
  await expectAccessible();

  await inspector.getByLabel('then').selectOption('go on with a random clip');
  await inspector.getByLabel('Seed of the choice').fill('7');
  await inspector.getByLabel('Seed of the choice').press('Tab');
  await expect.poll(actions).toMatchObject([{ action_type: 'RandomClipInGroup', params: { seed: 7, times: 2 } }]);
  await inspector.getByRole('button', { name: 'Leave this step out' }).click();
  await expect.poll(actions).toMatchObject([{ muted: true }]);
  await inspector.getByRole('button', { name: 'Remove this step' }).click();
  await expect(inspector.getByText('Nothing: the timeline plays on.')).toBeVisible();
  expect(await actions()).toEqual([]);
});

test('the end of a timeline is told in words of its own', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 24_000, 1));
  const timeline_id = await studio.timelineId();
  await studio.run({ cmd: 'ADD_CLIP', timeline_id, audio_file_id: file.id, play_position: 0 });
  const inspector = page.getByRole('region', { name: 'What happens next' });
  await inspector.getByRole('button', { name: 'Add what happens next' }).click();
  const then = inspector.getByLabel('then');
  await expect(then.getByRole('option', { selected: true })).toHaveText('begin again with the first clip');
  await expect(then.getByRole('option', { name: 'repeat the clip' })).toHaveCount(0);
  await then.selectOption('go on with a random clip');
  await expect(inspector.getByLabel('of', { exact: true }).getByRole('option', { selected: true })).toHaveText(
    'all lanes',
  );
  await inspector.getByLabel('times').selectOption('only once');
  await expect
    .poll(async () => Object.values((await studio.state()).objects).find(({ kind }) => kind === 'TimelineFollowAction'))
    .toMatchObject({ scope: 'timeline', action_type: 'RandomClipInGroup', params: { times: 1 } });
});

test('every value a clip’s property had is listed and brought back by a press', async ({ page, expectAccessible }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('a.wav', 24_000, 1));
  const [clip = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: await studio.timelineId(),
    audio_file_id: file.id,
    play_position: 0,
  });
  for (const gain of [0.5, 0.25]) await studio.run({ cmd: 'SET_CLIP', clip_id: clip, gain });
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  await page.getByText('Earlier values').click();
  await page.getByLabel('of', { exact: true }).selectOption('level');
  const versions = page.getByRole('list', { name: 'Earlier values' }).getByRole('listitem');
  await expect(versions).toHaveCount(3);
  await expect(versions.nth(0)).toContainText('−12.0 dB');
  await expect(versions.nth(0)).toContainText('now');
  await expect(versions.nth(2)).toContainText('0.0 dB');
  await expectAccessible();
  await versions.nth(2).getByRole('button', { name: 'Bring back' }).click();
  await expect(versions).toHaveCount(4);
  expect((await studio.clips())[0]?.gain).toBe(1);
  await page.keyboard.press('Control+KeyZ');
  await expect.poll(async () => (await studio.clips())[0]?.gain).toBe(0.25);
});
