// Two tabs, and reloads in the middle of work: what was acknowledged is there afterwards, and nothing half made.
import { expect, test } from './support/fixtures.ts';
import { MarkerPairs } from './support/marker-pairs.ts';
import { readWav } from './support/sound.ts';
import { storedOn } from './support/stored.ts';
import { Studio } from './support/studio.ts';
import { soundElsewhere, takeOver } from './support/tabs.ts';
import { noise } from './support/wav.ts';

test('a second tab takes over with nothing lost; the first goes on as its client, and owns again when the second closes', async ({
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  const studio = await Studio.open(first);
  await studio.importFile(noise('kept.wav', 4800, 1));
  const before = { objects: (await studio.state()).objects, stored: await storedOn(first) };

  const taken = await Studio.open(second);
  await takeOver(second);
  await expect(soundElsewhere(first)).toBeVisible();
  expect((await taken.state()).objects).toEqual(before.objects);
  expect((await studio.state()).objects).toEqual(before.objects);
  expect(await storedOn(second)).toEqual(before.stored);

  await taken.run({ cmd: 'CREATE_TIMELINE', name: 'Made in the second tab', type: 'audio', timebase: 'seconds' });
  await second.close();
  await expect(soundElsewhere(first)).toHaveCount(0);
  const names = Object.values((await studio.state()).objects).map((object) => ('name' in object ? object.name : ''));
  expect(names).toContain('Made in the second tab');
});

test('a reload in the middle of edits and of an import: acknowledged edits are there, of the import nothing', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  await studio.importFile(noise('kept.wav', 4800, 2));
  const before = await storedOn(page);
  const acknowledged = await studio.atome.evaluate(async (atome, timelineId) => {
    const long = new File([new TextEncoder().encode('RIFF'), new Uint8Array(256 << 20)], 'long.wav');
    void atome.importFile(long).catch(() => undefined);
    let count = 0;
    const edits = Array.from({ length: 200 }, async (_, time) => {
      const reply = await atome.session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time });
      if (reply.ok) count++;
    });
    await Promise.race(edits);
    return count;
  }, timeline);
  const again = await studio.reload();
  const markers = Object.values((await again.state()).objects)
    .flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []))
    .sort((a, b) => a - b);
  expect(acknowledged).toBeGreaterThan(0);
  expect(markers.length).toBeGreaterThanOrEqual(acknowledged);
  expect(markers).toEqual(markers.map((_, index) => index));
  expect((await storedOn(page)).sounds).toEqual(before.sounds);
  await again.reload();
  await expect.poll(async () => (await storedOn(page)).unfinished).toEqual([]);
});

test('a second tab takes over in the middle of edits: they go on, every one is there once and none by half', async ({
  context,
}) => {
  const [first, second] = [await context.newPage(), await context.newPage()];
  const studio = await Studio.open(first);
  const taken = await Studio.open(second);
  const edits = await MarkerPairs.addTo(studio, await studio.timelineId());
  await expect.poll(() => edits.acknowledged, { intervals: [1] }).toBeGreaterThan(20);
  await takeOver(second);
  await expect(soundElsewhere(first)).toBeVisible();
  const enough = edits.acknowledged + 20;
  await expect.poll(() => edits.acknowledged, { intervals: [1] }).toBeGreaterThan(enough);
  await first.close();
  // What the closed tab had still sent arrives after it is gone.
  let revision = -1;
  await expect
    .poll(async () => {
      const before = revision;
      revision = (await taken.state()).meta.revisionId;
      return revision - before;
    })
    .toBe(0);
  const pairs = edits.expectIn(await taken.state());
  await taken.run({ cmd: 'UNDO' });
  edits.acknowledged = pairs - 1;
  expect(edits.expectIn(await taken.state())).toBe(pairs - 1);
});

test('a reload while it plays and exports: nothing is lost or left behind, and the next export is whole', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  const timeline = await studio.timelineId();
  const file = await studio.importFile(noise('take.wav', 48_000, 4));
  // At 120 beats per minute the export is three hours long, so that it cannot end before the reload.
  const clip = { timeline_id: timeline, audio_file_id: file.id } as const;
  const [near = '', far = ''] = [
    ...(await studio.run({ cmd: 'ADD_CLIP', ...clip, play_position: 0 })),
    ...(await studio.run({ cmd: 'ADD_CLIP', ...clip, play_position: 21_600 })),
  ];
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  await studio.passFrames(4800);
  const before = { objects: (await studio.state()).objects, sounds: (await storedOn(page)).sounds };
  expect(Object.keys(before.objects)).toEqual(expect.arrayContaining([near, far]));

  await page.keyboard.press('Control+KeyE');
  const dialog = page.getByRole('dialog', { name: 'Export the mix' });
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const bar = dialog.getByRole('progressbar');
  await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(0);
  expect((await storedOn(page)).unfinished).toHaveLength(1);

  const again = await studio.reload();
  expect((await again.state()).objects).toEqual(before.objects);
  expect((await storedOn(page)).sounds).toEqual(before.sounds);
  await again.run({ cmd: 'REMOVE_CLIPS', clip_ids: [far] });
  await page.keyboard.press('Control+KeyE');
  const downloading = page.waitForEvent('download');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  const { samples } = await readWav(await (await downloading).path());
  expect(samples[0]).toHaveLength(48_000);
  await again.reload();
  await expect.poll(async () => (await storedOn(page)).unfinished).toEqual([]);
});
