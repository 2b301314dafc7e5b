// Stretched clips as the page sounds them: the samples of the offline render, and no click where a ratio changes.
import { expect, test } from './support/fixtures.ts';
import { differences, largestStep, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise, sine } from './support/wav.ts';

const rate = 48_000;

test('stretched clips play as they are rendered, bit for bit', async ({ page }) => {
  const studio = await Studio.open(page);
  const own = await studio.importFile(noise('own-rate.wav', rate, 1));
  const other = await studio.importFile(noise('other-rate.wav', 44_100, 2, { sampleRate: 44_100 }));
  const { timeline, clips } = await studio.arrange([
    { file: own, at: 0 },
    { file: other, at: 0.3 },
    { file: own, at: 0.7, gain: 0.3 },
  ]);
  for (const [index, clip_id] of clips.entries()) {
    const stretch = { stretch_algo: 'bungee', stretch_ratio: 0.7 + 0.4 * index, pitch_shift: 3 * index - 2 } as const;
    await studio.run({ cmd: 'SET_CLIP', clip_id, ...stretch });
  }
  const rendered = await studio.render(timeline, { from: 0, to: 2.5 });
  // The last one begins at 0.7 s and lasts 1.5 s.
  expect(soundingRange(rendered).last).toBeGreaterThan(2.15 * rate);
  expect(soundingRange(rendered).last).toBeLessThan(2.21 * rate);
  await studio.startSound();
  const heard = await studio.record(4 * rate, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const { first } = soundingRange(heard.channels);
  expect(differences(heard.channels, first, rendered, soundingRange(rendered).first, 2 * rate)).toBe(0);
  expect(await studio.status()).toMatchObject({ backend: 'wasm', starvedFrames: 0 });
});

test('ratio and pitch change while a clip plays without a click', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(sine('tone.wav', 20 * rate, 220));
  const { timeline, clips } = await studio.arrange([{ file, at: 0 }]);
  const [clip = ''] = clips;
  const stretchTo = (ratio: number, semitones: number) =>
    page.evaluate(
      async ({ clip, ratio, semitones }) => {
        await window.atome?.services.audioEngine.updateClipTimeStretch(clip, ratio, semitones);
      },
      { clip, ratio, semitones },
    );
  await stretchTo(1.1, 0);
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 1 });
  await studio.passFrames(rate / 4);
  const recording = studio.record(3 * rate);
  for (const [ratio, semitones] of [
    [1.15, 0],
    [1.2, 1],
    [1.6, 0],
    [0.8, -5],
  ] as const) {
    await studio.passFrames(rate / 4);
    await stretchTo(ratio, semitones);
  }
  const { channels } = await recording;
  // A sine of 220 Hz and a semitone, of half the full level.
  expect(largestStep(channels)).toBeLessThan(1.05 * 0.5 * ((2 * Math.PI * 233.1) / rate));
});
