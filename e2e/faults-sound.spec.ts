// Sound that is taken away or left alone: it comes back, and a busy page leaves no gap in it.
import type { JSHandle } from '@playwright/test';
import { newestNodeOf, withFailingWorklet } from './support/failing-worklet.ts';
import { expect, test } from './support/fixtures.ts';
import { differences, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { errorToast } from './support/toasts.ts';
import { noise } from './support/wav.ts';

const second = 48_000;

for (const [name, method] of [
  ['ERR_AUDIO_SUSPENDED', 'suspend'],
  ['ERR_DEVICE_LOST', 'close'],
] as const) {
  test(`a context that the browser makes ${method} is told of as ${name} and plays on`, async ({ page }) => {
    const studio = await Studio.open(page);
    const context = await page.evaluateHandle(() => new AudioContext({ sampleRate: 48_000 }));
    await studio.atome.evaluate((atome, given) => atome.services.audioEngine.init(given), context);
    await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: await studio.timelineId() });
    await studio.passFrames(4800);
    await context.evaluate((given, taken) => given[taken](), method);
    await expect(errorToast(page, name)).toBeVisible();
    await expect.poll(async () => (await studio.status()).contextState).toBe('running');
    await studio.passFrames(4800);
  });
}

/** Plays on a context of the test's own, lets that fail in the middle, and compares what is heard all the while. */
async function expectNoGap(studio: Studio, fail: (context: JSHandle<AudioContext>) => Promise<unknown>): Promise<void> {
  const { page } = studio;
  const context = await page.evaluateHandle(() => new AudioContext({ sampleRate: 48_000 }));
  const file = await studio.importFile(noise('long.wav', 4 * second, 1));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.atome.evaluate((atome, given) => atome.services.audioEngine.init(given), context);
  const recording = studio.record(3 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  await studio.passFrames(second / 2);
  await fail(context);
  await expect(errorToast(page, 'ERR_DEVICE_LOST')).toBeVisible();
  const heard = (await recording).channels;
  expect(await context.evaluate((given) => given.state)).toBe('closed');
  expect((await studio.status()).contextState).toBe('running');
  const { first, last } = soundingRange(heard);
  expect(last).toBe(3 * second - 1);
  const offline = await studio.render(timeline, { from: 0, to: 4 });
  expect(differences(heard, first, offline, 0, last - first + 1)).toBe(0);
}

test('an error of the context is told of as ERR_DEVICE_LOST, and what is heard goes on without a gap', async ({
  page,
}) => {
  const studio = await Studio.open(page);
  await expectNoGap(studio, (context) => context.evaluate((given) => given.dispatchEvent(new Event('error'))));
});

test('a worklet that throws is told of as ERR_DEVICE_LOST, and what is heard goes on without a gap', async ({
  page,
}) => {
  const fail = await newestNodeOf(page);
  await withFailingWorklet(async (address) => {
    await expectNoGap(await Studio.open(page, address), fail);
  });
});

test('a main thread that is blocked for 5 s leaves no gap in the sound', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('long.wav', 12 * second, 1));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.startSound();
  const recording = studio.record(6 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  await expect
    .poll(() =>
      studio.atome.evaluate(
        async (atome, id) => (await atome.services.audioEngine.getTimelineState(id)).seconds,
        timeline,
      ),
    )
    .toBeGreaterThan(0.1);
  const passed = await studio.atome.evaluate(async (atome) => {
    const before = (await atome.services.audioEngine.getState()).masterFrame;
    const end = performance.now() + 5000;
    while (performance.now() < end);
    return (await atome.services.audioEngine.getState()).masterFrame - before;
  });
  expect(passed).toBeGreaterThan(second);
  const heard = (await recording).channels;
  const { first, last } = soundingRange(heard);
  expect(last).toBe(6 * second - 1);
  const frames = last - first + 1;
  const offline = await studio.render(timeline, { from: 0, to: 6 });
  expect(differences(heard, first, offline, 0, frames)).toBe(0);
  expect((await studio.status()).starvedFrames).toBe(0);
});
