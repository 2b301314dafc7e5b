// Sound that is taken away or left alone: it comes back, and a busy page leaves no gap in it.
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
