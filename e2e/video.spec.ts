// Videos along a timeline: imported, shown where events say, and locked to the sound as it is heard.
import type { Locator, Page } from '@playwright/test';
import { countedFrameRate, countedVideo } from './support/counted-video.ts';
import { asText, dropFiles } from './support/files.ts';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';
import { type SeenPicture, shownNumber, watchVideo } from './support/video-watch.ts';

/** Seconds. */
const oneFrame = 1 / countedFrameRate;
/** Pictures within which a start or a seek is caught up with. */
const settling = 15;
/** At 120 bpm. */
const beats = (seconds: number): number => seconds * 2;

const picture = (page: Page): Locator => page.locator('video.video-picture');

/** How far the pictures are from what is heard, in seconds, nearest first. */
const distances = (seen: readonly SeenPicture[]): number[] =>
  seen.map(({ heard, mediaTime }) => Math.abs(heard - mediaTime)).sort((a, b) => a - b);

const share = (sorted: readonly number[], of: number): number => sorted[Math.floor(sorted.length * of)] ?? Number.NaN;

/** The studio with a counted video dropped at the start of its timeline. */
async function withVideo(page: Page, seconds: number, hasSound: boolean) {
  const video = await countedVideo(page.context(), { name: 'count.webm', seconds, hasSound });
  const studio = await Studio.open(page);
  await dropFiles(page, [video], { x: 720, y: 500 });
  await expect(picture(page)).toBeVisible();
  return { studio, timeline: await studio.timelineId() };
}

test('a dropped video is its sound as a clip and an event that shows it, in one step', async ({
  page,
  expectAccessible,
}) => {
  const { studio } = await withVideo(page, 2, true);
  const all = async (kind: string) => Object.values((await studio.state()).objects).filter((one) => one.kind === kind);
  const [media] = await all('MediaFileAtome');
  expect(media).toMatchObject({ name: 'count', mime: 'video/webm', width: 192, height: 64 });
  const [event] = await all('TimelineEventAtome');
  expect(event).toMatchObject({
    type: 'video_start',
    time: 0,
    target_atome_id: media?.id,
    payload: { media_file_id: media?.id, offset: 0 },
  });
  expect(await studio.clips()).toMatchObject([{ play_position: 0, name: 'count' }]);
  await expectAccessible();
  await studio.run({ cmd: 'UNDO' });
  expect([await studio.clips(), await all('TimelineEventAtome')]).toEqual([[], []]);
  await expect(picture(page)).toHaveCount(0);
  await studio.run({ cmd: 'REDO' });
  await expect(picture(page)).toBeVisible();
});

test('a video without sound is an event alone; parked, the right picture stands wherever one goes', async ({
  page,
}) => {
  const { studio, timeline } = await withVideo(page, 6, false);
  expect(await studio.clips()).toEqual([]);
  expect(await studio.files()).toEqual([]);
  for (const [number, into] of [
    [100, 0.5],
    [7, 0],
    [150, 0],
    [0, 0],
    [44, 0.5],
  ] as const) {
    await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: beats((number + into) * oneFrame) });
    await expect.poll(() => shownNumber(picture(page))).toBe(number);
  }
  const media = Object.values((await studio.state()).objects).find(({ kind }) => kind === 'MediaFileAtome');
  const add = (time: number, type: 'video_seek' | 'video_stop' | 'video_start', payload: Record<string, unknown>) =>
    studio.run({ cmd: 'ADD_EVENT', timeline_id: timeline, time: beats(time), type, payload });
  await add(1, 'video_seek', { to: 3 });
  await expect.poll(() => shownNumber(picture(page))).toBe(Math.floor((3 + 44.5 * oneFrame - 1) * countedFrameRate));
  await add(1.25, 'video_stop', {});
  await expect(picture(page)).toBeHidden();
  await add(1.25 + 1e-6, 'video_start', { media_file_id: media?.id, rate: 2, offset: 1.01 });
  const into = 44.5 * oneFrame - 1.25;
  await expect.poll(() => shownNumber(picture(page))).toBe(Math.floor((1.01 + into * 2) * countedFrameRate));
});

for (const hasSound of [true, false]) {
  test(`it stays within a frame of what is heard, ${hasSound ? 'with' : 'without'} a sound track of its own`, async ({
    page,
  }) => {
    const { studio, timeline } = await withVideo(page, 20, hasSound);
    await studio.startSound();
    await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
    const watch = (count: number) => watchVideo(studio, picture(page), timeline, count);

    const played = (await watch(settling + 8 * countedFrameRate)).slice(settling);
    expect(share(distances(played), 0.95)).toBeLessThan(oneFrame);
    const exact = played.filter(({ number, mediaTime }) => number === Math.round(mediaTime * countedFrameRate));
    expect(exact.length).toBeGreaterThan(played.length * 0.9);

    for (const to of [15, 2]) {
      await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: beats(to) });
      const after = (await watch(settling + 2 * countedFrameRate)).slice(settling);
      expect(after[0]?.mediaTime).toBeGreaterThan(to);
      expect(share(distances(after), 0.95)).toBeLessThan(oneFrame);
    }

    await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: beats(2), end: beats(4) } });
    await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: beats(2) });
    const looped = (await watch(settling + 6 * countedFrameRate)).slice(settling);
    const rounds = looped.filter(({ mediaTime }, index) => mediaTime < (looped[index - 1]?.mediaTime ?? 0) - 1);
    expect(rounds.length).toBeGreaterThanOrEqual(2);
    expect(share(distances(looped), 0.85)).toBeLessThan(oneFrame);

    await studio.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
    await expect.poll(() => picture(page).evaluate((shown) => (shown as HTMLVideoElement).paused)).toBe(true);
  });
}

test('a project file carries its videos to another machine, and refuses those that are not what they say', async ({
  page,
  openProfile,
}) => {
  const { studio } = await withVideo(page, 1, false);
  const content = await studio.atome.evaluate(async (atome) => {
    const file = await atome.exportProject();
    return [...new Uint8Array(await file.arrayBuffer())];
  });
  const bytes = Uint8Array.from(content);
  const elsewhere = await Studio.open(await (await openProfile()).newPage());
  const open = (project: Uint8Array) =>
    elsewhere.atome.evaluate(
      async (atome, file) => {
        const bytes = Uint8Array.from(atob(file.content), (letter) => letter.charCodeAt(0));
        return atome.importProject(new File([bytes], file.name)).then(
          () => 'opened',
          (error: Error) => error.name,
        );
      },
      asText({ name: 'video.atome', bytes: project }),
    );
  const stored = () => elsewhere.atome.evaluate(({ services }) => services.videos.garbage());
  const changed = Uint8Array.from(bytes);
  const at = Buffer.from(bytes).indexOf('media/') + 1000;
  changed[at] = (changed[at] ?? 0) ^ 0xff;
  expect(await open(changed)).toBe('ERR_PROJECT_FILE');
  expect(await stored()).toEqual([]);
  expect(await open(bytes)).toBe('opened');
  await expect(picture(elsewhere.page)).toBeVisible();
  await expect.poll(() => shownNumber(picture(elsewhere.page))).toBe(0);
});
