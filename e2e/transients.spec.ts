// Attacks in sounds: found in a file, snapped to, gone to and split at, to the frame.
import type { FileOfTest } from './support/files.ts';
import { expect, test } from './support/fixtures.ts';
import { differences } from './support/sound.ts';
import { Stage } from './support/stage.ts';
import { Studio } from './support/studio.ts';
import { wavOf } from './support/wav.ts';

const rate = 48_000;
/** At 120 bpm. */
const beatsPerSecond = 2;
/** Frames at which a hit begins; the first one with the file. */
const hits = [0, 29_333, 58_801, 77_777, 101_234, 150_011];
const seconds = 4;
/** A hit is found this exactly. */
const tolerance = 0.001;

/** Decaying noise from each of the frames on. */
function drums(name: string): FileOfTest {
  let state = 7;
  return wavOf(name, 2, seconds * rate, (frame) => {
    state = (state * 48_271) % 0x7fffffff;
    const since = frame - (hits.findLast((hit) => hit <= frame) ?? 0);
    return 0.8 * (state / 0x40000000 - 1) * Math.exp(-since / 1500);
  });
}

interface Session {
  readonly studio: Studio;
  readonly timeline: string;
  readonly clip: string;
}

/** One clip of drums at the timeline's start, on a lane. */
async function openDrums(studio: Studio): Promise<Session> {
  const timeline = await studio.timelineId();
  const file = await studio.importFile(drums('Drums.wav'));
  const [lane = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: 'Drums' });
  const [clip = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: timeline,
    audio_file_id: file.id,
    group_id: lane,
    play_position: 0,
  });
  return { studio, timeline, clip };
}

test('split at transients cuts at every hit, in one step, and changes nothing that is heard', async ({ page }) => {
  const { studio, timeline, clip } = await openDrums(await Studio.open(page));
  const render = () => studio.render(timeline, { from: 0, to: seconds });
  const before = await render();
  const stage = await Stage.fit(studio);
  const { x, y } = stage.body(clip);
  await page.mouse.click(x, y, { button: 'right' });
  await page.getByRole('menuitem', { name: 'Split at transients' }).click();
  await expect.poll(async () => (await studio.clips()).length).toBe(hits.length);
  const clips = await studio.clips();
  for (const [index, hit] of hits.entries()) {
    expect(Math.abs((clips[index]?.start_offset ?? -1) - hit / rate)).toBeLessThan(tolerance);
    expect(Math.abs((clips[index]?.play_position ?? -1) / beatsPerSecond - hit / rate)).toBeLessThan(tolerance);
  }
  expect(clips[0]?.id).toBe(clip);
  await expect(page.getByRole('gridcell', { selected: true })).toHaveCount(hits.length);
  expect(differences(await render(), 0, before, 0, seconds * rate)).toBe(0);
  await page.keyboard.press('Control+z');
  await expect.poll(async () => (await studio.clips()).length).toBe(1);
});

test('the keys go from hit to hit of the selected clip', async ({ page }) => {
  const { studio, timeline, clip } = await openDrums(await Studio.open(page));
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  const position = async () => ((await studio.state()).timelines[timeline]?.position ?? -1) / beatsPerSecond;
  const expectAt = (frame: number) =>
    expect.poll(async () => Math.abs((await position()) - frame / rate)).toBeLessThan(tolerance);
  await page.keyboard.press('Home');
  await expectAt(0);
  for (const hit of hits.slice(1, 4)) {
    await page.keyboard.press('Shift+Period');
    await expectAt(hit);
  }
  await page.keyboard.press('Shift+Comma');
  await expectAt(hits[2] ?? 0);
});

test('hits are drawn through the clip while they are snapped to, and seen from near', async ({ page }) => {
  const { studio, clip } = await openDrums(await Studio.open(page));
  const stage = await Stage.fit(studio);
  const lines = async (): Promise<number> => {
    const columns = await stage.waveform(clip);
    // The sound itself is 0.8 of the height at most.
    return columns.filter((painted) => painted > 0.95 * (stage.rect(clip).height - 24)).length;
  };
  await expect.poll(async () => (await stage.waveform(clip)).some((painted) => painted > 0)).toBe(true);
  expect(await lines()).toBe(0);
  await page.keyboard.press('Shift+KeyN');
  await expect.poll(lines).toBe(hits.length - 1);
  await page.keyboard.press('KeyN');
  await expect.poll(lines).toBe(0);
});

test('a dragged clip keeps to the hits of another where that is switched on, and only there', async ({ page }) => {
  const { studio, timeline, clip } = await openDrums(await Studio.open(page));
  const [lane = ''] = await studio.run({ cmd: 'CREATE_GROUP', timeline_id: timeline, name: 'Other' });
  const [file] = await studio.files();
  const [other = ''] = await studio.run({
    cmd: 'ADD_CLIP',
    timeline_id: timeline,
    audio_file_id: file?.id ?? '',
    group_id: lane,
    play_position: 10,
  });
  const toggle = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: 'What to snap to' }).click();
    await page.getByRole('menuitemcheckbox', { name }).click();
  };
  await toggle('Snap to the grid');
  const start = async (): Promise<number> =>
    ((await studio.clips()).find(({ id }) => id === other)?.play_position ?? -1) / beatsPerSecond;
  const hit = (hits[3] ?? 0) / rate;
  const dragToHit = async (): Promise<void> => {
    const stage = await Stage.fit(studio);
    const before = await start();
    const from = stage.body(other);
    await stage.drag(from, { x: from.x + stage.x(hit) - stage.x(before) + 4, y: from.y });
    await expect.poll(start).not.toBe(before);
  };
  await dragToHit();
  expect(Math.abs((await start()) - hit)).toBeGreaterThan(0.01);
  await page.keyboard.press('Control+z');
  await expect.poll(start).toBe(5);

  await toggle('Snap to transients');
  await page.getByRole('button', { name: 'What to snap to' }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Snap to transients' })).toBeChecked();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Snap to the grid' })).not.toBeChecked();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  // Going to one of them waits until they are known.
  const stage = await Stage.fit(studio);
  await stage.click(stage.body(clip));
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+Period');
  const position = async () => (await studio.state()).timelines[timeline]?.position ?? 0;
  await expect.poll(position).toBeGreaterThan(0);
  await dragToHit();
  expect(Math.abs((await start()) - hit)).toBeLessThan(tolerance);
});
