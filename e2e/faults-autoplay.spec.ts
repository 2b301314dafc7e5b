// A browser that lets no page sound before a gesture: the page says so, and the next click makes it sound.
import { chromium } from '@playwright/test';
import { chromiumLaunch } from '../scripts/chromium.mjs';
import { expect, test } from './support/fixtures.ts';
import { differences } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { errorToast } from './support/toasts.ts';
import { noise } from './support/wav.ts';

test('playing without a gesture is told of as ERR_AUDIO_SUSPENDED, and the next click is heard', async ({ site }) => {
  const { args, ...launch } = chromiumLaunch();
  const browser = await chromium.launch({ ...launch, args: args.filter((flag) => !flag.startsWith('--autoplay')) });
  const page = await browser.newPage({ baseURL: site.url });
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('sound.wav', 480_000, 1));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);

  // What a test evaluates counts as a gesture, so the page plays on its own, and says when it has.
  await page.addInitScript((id) => {
    addEventListener('load', () => {
      const play = async (): Promise<void> => {
        await window.atome?.ready;
        const reply = await window.atome?.session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: id });
        console.info(`asked to play: ${reply?.ok}`);
      };
      void play();
    });
  }, timeline);
  const asked = page.waitForEvent('console', (message) => message.text().startsWith('asked to play'));
  await page.reload();
  expect((await asked).text()).toBe('asked to play: true');

  await expect(errorToast(page, 'ERR_AUDIO_SUSPENDED')).toBeVisible();
  const again = await Studio.of(page);
  expect((await again.status()).contextState).not.toBe('running');
  const recording = again.record(24_000);
  await page.mouse.click(700, 400);
  await expect.poll(async () => (await again.status()).contextState).toBe('running');
  // It begins with the first frame that the engine renders; the recording begins then or soon after.
  const { startFrame, channels } = await recording;
  const offline = await again.render(timeline, { from: 0, to: 10 });
  expect(differences(channels, 0, offline, startFrame, 24_000)).toBe(0);
  await browser.close();
});
