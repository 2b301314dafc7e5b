// The sound of a playhead that is dragged along the ruler.
import { expect, test } from './support/fixtures.ts';
import { peak } from './support/sound.ts';
import { Stage } from './support/stage.ts';
import { beatsPerSecond, drums, openWith, press } from './support/stretching.ts';

const rate = 48_000;

test('a playhead dragged along the ruler leads the timeline; what played plays on, and the sound can be switched off', async ({
  page,
}) => {
  const { studio, timeline } = await openWith(page, drums('Drums.wav'));
  const stage = await Stage.fit(studio);
  await studio.startSound();
  const shown = async () => (await studio.state()).timelines[timeline];
  const place = async (): Promise<number> => ((await shown())?.position ?? -1) / beatsPerSecond;

  await press(page, stage.ruler(1), stage.ruler(3));
  await expect.poll(place).toBeCloseTo(3, 1);
  await page.mouse.move(stage.ruler(5).x, stage.ruler(5).y);
  await expect.poll(place).toBeCloseTo(5, 1);
  await page.mouse.up();
  await expect.poll(place).toBe(5);
  expect((await shown())?.playing).toBe(false);

  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 2 });
  await press(page, stage.ruler(2), stage.ruler(6));
  await expect.poll(shown).toMatchObject({ playing: false });
  await page.mouse.up();
  await expect.poll(shown).toMatchObject({ playing: true });
  await studio.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });

  // Given up, it stands where it was.
  await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 8 });
  await press(page, stage.ruler(4), stage.ruler(6));
  await expect.poll(place).toBeCloseTo(6, 1);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(place).toBe(4);

  await page.mouse.click(stage.x(8), stage.laneY(1), { button: 'right' });
  await page.getByRole('menuitemcheckbox', { name: 'Hear the playhead while it is dragged' }).click();
  await press(page, stage.ruler(4), stage.ruler(6));
  await expect(page.locator('.timeline-words')).toHaveText(/0:06\.000$/);
  expect(await place()).toBe(4);
  await page.mouse.up();
  await expect.poll(place).toBe(6);
});

test('what a dragged playhead passes is heard, and nothing while the hand rests', async ({ page }) => {
  const { studio } = await openWith(page, drums('Drums.wav'));
  const stage = await Stage.fit(studio);
  await studio.startSound();
  await press(page, stage.ruler(1), stage.ruler(2));
  let isHeard = false;
  const heard = studio.record(rate).finally(() => {
    isHeard = true;
  });
  for (let pass = 0; !isHeard; pass++) {
    const { x, y } = stage.ruler(pass % 2 === 0 ? 6 : 1);
    await page.mouse.move(x, y, { steps: 20 });
  }
  expect(peak((await heard).channels)).toBeGreaterThan(0.1);
  await expect.poll(async () => peak((await studio.record(rate / 4)).channels)).toBeLessThan(0.001);
  await page.mouse.up();
});
