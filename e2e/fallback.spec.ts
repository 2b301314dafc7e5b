// The simpler engine, where the page is not isolated or the person wants it: the same session, the same sound.
import { openTapped } from './support/fallback-page.ts';
import { expect, test } from './support/fixtures.ts';
import { largestStep, onsets, peak, type Sound, soundingRange } from './support/sound.ts';
import { heardSoFar } from './support/tapped-destination.ts';
import { noise, sine } from './support/wav.ts';

const rate = 48_000;

/** The largest deviation between two sounds from where each begins. */
function deviation(heard: Sound, heardFrom: number, expected: Sound, expectedFrom: number, frames: number): number {
  let worst = 0;
  for (const [index, channel] of expected.entries()) {
    for (let frame = 0; frame < frames; frame++) {
      const difference = Math.abs((heard[index]?.[heardFrom + frame] ?? 0) - (channel[expectedFrom + frame] ?? 0));
      worst = Math.max(worst, difference);
    }
  }
  return worst;
}

/** How often the left side rises through zero. */
function risesOf([left = new Float32Array()]: Sound, from: number, to: number): number {
  let rises = 0;
  for (let frame = from; frame < to; frame++) if ((left[frame] ?? 0) < 0 && (left[frame + 1] ?? 0) >= 0) rises++;
  return rises;
}

for (const way of ['a host without headers', 'a person’s choice'] as const) {
  test(`by ${way}: the same arrangement sounds the same`, async ({ browser, plainSite, site }) => {
    const wanted = way !== 'a host without headers';
    const { context, studio } = await openTapped(browser, wanted ? site.url : plainSite.url, wanted);
    expect((await studio.status()).backend).toBe('webaudio');
    expect(await studio.page.evaluate(() => crossOriginIsolated)).toBe(wanted);

    const file = await studio.importFile(noise('Noise.wav', rate, 71));
    const tone = await studio.importFile(sine('Tone.wav', rate, 330));
    const { timeline, clips } = await studio.arrange([
      { file, at: 0 },
      { file: tone, at: 0.5, gain: 0.6 },
    ]);
    await studio.run({ cmd: 'SET_CLIP', clip_id: clips[1] ?? '', pan: -0.4, fade_in: 0.1, fade_out: 0.2 });
    const rendered = await studio.render(timeline, { from: 0, to: 2 });
    expect(soundingRange(rendered).first).toBe(0);
    await studio.startSound();
    await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
    await studio.passFrames(2 * rate);
    await expect.poll(async () => (await studio.status()).activeVoices).toBe(0);
    const heard = await heardSoFar(studio.page);
    const { first, last } = soundingRange(heard);
    expect(last - first).toBeGreaterThan(1.45 * rate);
    expect(deviation(heard, first, rendered, 0, Math.round(1.49 * rate))).toBeLessThan(0.002);
    await context.close();
  });
}

test('stretched clips are as long, high and loud as the other engine renders them, and change while they play', async ({
  browser,
  plainSite,
}) => {
  const { context, studio } = await openTapped(browser, plainSite.url);
  const file = await studio.importFile(sine('Tone.wav', rate, 330));
  const { timeline, clips } = await studio.arrange([{ file, at: 0 }]);
  const [clip_id = ''] = clips;
  await studio.run({ cmd: 'SET_CLIP', clip_id, stretch_algo: 'bungee', stretch_ratio: 1.5, pitch_shift: 4 });
  const rendered = await studio.render(timeline, { from: 0, to: 2 });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await expect.poll(async () => (await studio.status()).activeVoices).toBe(1);
  await expect.poll(async () => (await studio.status()).activeVoices).toBe(0);
  const whole = await heardSoFar(studio.page);
  const { last } = soundingRange(whole);
  const { last: lastRendered } = soundingRange(rendered);
  expect(Math.abs(lastRendered + 1 - 1.5 * rate)).toBeLessThanOrEqual(2);
  // From the end on, which is where it should be even if a busy audio thread begins late.
  const compared = 1.2 * rate;
  const [heardRises, renderedRises] = [
    risesOf(whole, last - compared, last - 100),
    risesOf(rendered, lastRendered - compared, lastRendered - 100),
  ];
  expect(Math.abs(renderedRises - 1.2 * 330 * 2 ** (4 / 12))).toBeLessThanOrEqual(2);
  expect(Math.abs(heardRises - renderedRises)).toBeLessThanOrEqual(1);
  expect(peak(whole, last - compared)).toBeCloseTo(peak(rendered, lastRendered - compared), 2);

  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 0, end: 1 } });
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await studio.passFrames(rate / 2);
  await studio.run({ cmd: 'SET_CLIP', clip_id, pitch_shift: -8 });
  await studio.passFrames(rate / 2);
  await studio.run({ cmd: 'SET_CLIP', clip_id, stretch_ratio: 3 });
  await studio.passFrames(rate / 2);
  const changed = await heardSoFar(studio.page);
  const frames = changed[0]?.length ?? 0;
  // Where a round ends, its tail sounds over the beginning of the next one.
  const peaks = Array.from({ length: 25 }, (_, index) => {
    const from = frames - rate / 4 + index * (rate / 100);
    return peak(changed, from, from + rate / 100);
  });
  expect(peaks.toSorted((one, other) => one - other)[12]).toBeCloseTo(0.5, 2);
  expect(peaks.filter((level) => Math.abs(level - 0.5) > 0.05).length).toBeLessThanOrEqual(2);
  // A sine of this pitch and level rises by so much from frame to frame, and two of them cross over; a click is more.
  const rise = 0.5 * 2 * Math.sin((Math.PI * 330 * 2 ** (4 / 12)) / rate);
  expect(largestStep(changed, last + rate / 4)).toBeLessThan(2.5 * rise);
  await context.close();
});

test('the metronome clicks on every beat, and through a loop', async ({ browser, site }) => {
  const { context, studio } = await openTapped(browser, site.url, true);
  const timeline = await studio.timelineId();
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 0, end: 3 } });
  await studio.run({ cmd: 'SET_METRONOME', enabled: true, gain: 1 });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await studio.passFrames(4 * rate);
  await studio.run({ cmd: 'SET_METRONOME', enabled: false });
  await studio.passFrames(rate / 2);
  const heard = await heardSoFar(studio.page);
  const clicks = onsets(heard[0]);
  expect(clicks.length).toBeGreaterThanOrEqual(8);
  for (const [index, frame] of clicks.entries()) {
    // Half a second per beat; the browser starts sources on frames of its own rounding.
    if (index > 0) expect(Math.abs(frame - (clicks[index - 1] ?? 0) - rate / 2)).toBeLessThanOrEqual(1);
  }
  expect(peak(heard, (heard[0]?.length ?? 0) - rate / 8)).toBe(0);
  await context.close();
});

test('what follows a clip and a timeline begins without a gap, and the state shows it', async ({ browser, site }) => {
  const { context, studio } = await openTapped(browser, site.url, true);
  const [first, second, third] = [20_001, 15_003, 12_007];
  const files = [];
  for (const [index, frames] of [first, second, third].entries()) {
    files.push(await studio.importFile(noise(`${index}.wav`, frames, index + 1)));
  }
  const [one, two, three] = files;
  if (!one || !two || !three) throw new Error('three files');
  const { timeline, clips } = await studio.arrange([
    { file: one, at: 0 },
    { file: two, at: 2 },
  ]);
  const { timeline: next } = await studio.arrange([{ file: three, at: 0 }]);
  await studio.run({ cmd: 'ADD_FOLLOW_ACTION', scope: 'clip', target_id: clips[0] ?? '', action_type: 'PlayNextClip' });
  const params = { timeline_id: next };
  const whole = { scope: 'timeline', target_id: timeline } as const;
  await studio.run({ cmd: 'ADD_FOLLOW_ACTION', ...whole, action_type: 'PlayTimeline', params });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await expect
    .poll(async () => (await studio.state()).timelines)
    .toMatchObject({ [timeline]: { playing: false }, [next]: { playing: true } });
  await studio.passFrames(rate);
  const heard = await heardSoFar(studio.page);
  const range = soundingRange(heard);
  // The browser starts each source on a frame of its own rounding.
  expect(Math.abs(range.last + 1 - range.first - first - second - third)).toBeLessThanOrEqual(3);
  let longestGap = 0;
  for (let frame = range.first, gap = 0; frame < range.last; frame++) {
    gap = heard[0]?.[frame] === 0 ? gap + 1 : 0;
    longestGap = Math.max(longestGap, gap);
  }
  expect(longestGap).toBeLessThanOrEqual(2);
  await context.close();
});
