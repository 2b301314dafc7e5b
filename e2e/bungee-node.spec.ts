// The example of docs/bungee-node.md as a page of its own, on a host without headers: another page’s use of the built files.
import { readFileSync } from 'node:fs';
import { expect, test } from './support/fixtures.ts';
import { peak, soundingRange } from './support/sound.ts';
import { heardSoFar, tapDestination } from './support/tapped-destination.ts';
import { sine } from './support/wav.ts';

const rate = 48_000;

test('a page without shared memory plays a sound slower and higher, in time and at full level', async ({
  context,
  page,
  plainSite,
}) => {
  const guide = readFileSync(new URL('../docs/bungee-node.md', import.meta.url), 'utf8');
  const example = /```html\n(.*?)```/s.exec(guide)?.[1] ?? '';
  const song = Buffer.from(sine('song.wav', 2 * rate, 440).bytes);
  await page.route('**/example.html', (route) => route.fulfill({ contentType: 'text/html', body: example }));
  await page.route('**/song.wav', (route) => route.fulfill({ contentType: 'audio/wav', body: song }));
  await tapDestination(context);
  await page.goto(`${plainSite.url}example.html`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.getByRole('button', { name: 'Play' }).click();
  await expect(page.getByText('That was it.')).toBeVisible();

  const heard = await heardSoFar(page);
  const contextRate = await page.evaluate(() => new AudioContext().sampleRate);
  const { first, last } = soundingRange(heard);
  // A second and a half of the sound at 0.8 times its speed, less what a busy audio thread comes too late for.
  const seconds = (last + 1 - first) / contextRate;
  expect(seconds).toBeLessThan(1.5 / 0.8 + 0.001);
  expect(seconds).toBeGreaterThan(1.5 / 0.8 - 0.2);
  expect(peak(heard, first, first + Math.round(0.01 * contextRate))).toBeCloseTo(0.5, 1);
  const [left = new Float32Array()] = heard;
  let rises = 0;
  const [from, to] = [0.1, 1.6].map((seconds) => first + Math.round(seconds * contextRate)) as [number, number];
  for (let frame = from; frame < to; frame++) if ((left[frame] ?? 0) < 0 && (left[frame + 1] ?? 0) >= 0) rises++;
  expect(Math.abs(rises - 1.5 * 440 * 2 ** (3 / 12))).toBeLessThanOrEqual(1);
});
