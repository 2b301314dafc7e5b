// The simpler engine, where the page is not isolated or the person wants it: the same session, the same sound.
import type { Browser, BrowserContext } from '@playwright/test';
import type { Command } from '../app/protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { largestStep, onsets, peak, type Sound, soundingRange } from './support/sound.ts';
import { stallAfter, watchAudioCalls } from './support/stalling-page.ts';
import { Studio } from './support/studio.ts';
import { heardSoFar, tapDestination } from './support/tapped-destination.ts';
import { noise, sine } from './support/wav.ts';

const rate = 48_000;

/** A page without the policy, which would keep the recorder out. */
const openContext = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({ serviceWorkers: 'block', bypassCSP: true });

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
    const context = await openContext(browser);
    await tapDestination(context);
    const wanted = way !== 'a host without headers';
    if (wanted) await context.addInitScript(() => localStorage.setItem('atome.audioBackend', 'webaudio'));
    const studio = await Studio.open(await context.newPage(), wanted ? site.url : plainSite.url);
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
  const context = await openContext(browser);
  await tapDestination(context);
  const studio = await Studio.open(await context.newPage(), plainSite.url);
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

test('a page that is stopped while it changes what plays makes no click', async ({ browser, plainSite }) => {
  const context = await openContext(browser);
  await tapDestination(context);
  await watchAudioCalls(context);
  const studio = await Studio.open(await context.newPage(), plainSite.url);
  const files = [
    await studio.importFile(sine('Left.wav', rate, 330)),
    await studio.importFile(sine('Right.wav', rate, 440)),
  ];
  const { timeline, clips } = await studio.arrange(files.map((file) => ({ file, at: 0, gain: 0.5 })));
  const [stretched = '', plain = ''] = clips;
  await studio.run({ cmd: 'SET_CLIP', clip_id: stretched, stretch_ratio: 1.5, pan: -1 });
  await studio.run({ cmd: 'SET_CLIP', clip_id: plain, pan: 1 });
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 0, end: 1 } });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await studio.passFrames(rate / 4);
  const changes: readonly Command[] = [
    { cmd: 'SET_CLIP', clip_id: stretched, stretch_ratio: 3 },
    { cmd: 'SET_CLIP', clip_id: plain, gain: 0.3 },
    { cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 0.3 },
    { cmd: 'SET_CLIP', clip_id: stretched, stretch_ratio: 1.5, gain: 0.4 },
    { cmd: 'SET_CLIP', clip_id: plain, gain: 0.5 },
    { cmd: 'TIMELINE_STOP', timeline_id: timeline },
    { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0.2 },
  ];
  // After the first calls, where the time is asked for, and between all that follow.
  for (const calls of [1, 2, 4, 9, 20, 50]) {
    for (const change of changes) {
      await stallAfter(studio.page, calls, 60 + calls);
      await studio.run(change);
      await studio.passFrames(rate / 10);
    }
  }
  const heard = await heardSoFar(studio.page);
  // A sine of this level rises by so much from frame to frame, and two of them cross over; a click is more.
  const level = 0.5 * 0.5 * Math.SQRT2;
  for (const [index, hertz] of [330, 440].entries()) {
    const side = heard[index] ?? new Float32Array();
    const rise = level * 2 * Math.sin((Math.PI * hertz) / rate);
    expect(peak([side], side.length - rate / 20)).toBeGreaterThan(0.5 * level);
    expect(largestStep([side])).toBeLessThan(2.5 * rise);
  }
  await context.close();
});

test('edits are heard while it plays, loops come round, and everything stops at once', async ({ browser, site }) => {
  const context = await openContext(browser);
  await tapDestination(context);
  await context.addInitScript(() => localStorage.setItem('atome.audioBackend', 'webaudio'));
  const studio = await Studio.open(await context.newPage(), site.url);
  const file = await studio.importFile(sine('Tone.wav', rate, 480));
  const { timeline, clips } = await studio.arrange([{ file, at: 0 }]);
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 0, end: 1 } });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  await studio.passFrames(2.5 * rate);
  const around = await heardSoFar(studio.page);
  expect(peak(around, around[0] ? around[0].length - rate / 4 : 0)).toBeCloseTo(0.5, 2);
  await studio.run({ cmd: 'SET_CLIP', clip_id: clips[0] ?? '', gain: 0.2 });
  await studio.passFrames(rate / 2);
  const softer = await heardSoFar(studio.page);
  expect(peak(softer, (softer[0]?.length ?? 0) - rate / 8)).toBeCloseTo(0.1, 2);
  await studio.run({ cmd: 'PANIC', scope: 'ALL' });
  await studio.passFrames(rate / 2);
  const silent = await heardSoFar(studio.page);
  expect(peak(silent, (silent[0]?.length ?? 0) - rate / 8)).toBe(0);
  await context.close();
});

test('a playhead that is dragged is heard while the hand moves, and plays from where it lets go', async ({
  browser,
  plainSite,
}) => {
  const context = await openContext(browser);
  await tapDestination(context);
  const studio = await Studio.open(await context.newPage(), plainSite.url);
  const file = await studio.importFile(sine('Tone.wav', 4 * rate, 440));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.startSound();
  const lead = (position: number | null) => studio.run({ cmd: 'TIMELINE_SCRUB', timeline_id: timeline, position });
  await studio.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 1 });
  // To and fro, until it is heard: how fast the hand gets along is the machine's affair.
  let place = 1;
  await expect
    .poll(async () => {
      for (let step = 0; step < 10; step++) {
        place = place > 2.9 ? 1 : place + 0.02;
        await lead(place);
      }
      return peak(await heardSoFar(studio.page));
    })
    .toBeGreaterThan(0.4);
  await studio.passFrames(rate / 2);
  const resting = await heardSoFar(studio.page);
  expect(peak(resting, (resting[0]?.length ?? 0) - rate / 8)).toBe(0);
  const state = (await studio.state()).timelines[timeline];
  expect(state).toMatchObject({ playing: false, position: place });
  await lead(null);
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
  await studio.passFrames(rate / 4);
  const played = await heardSoFar(studio.page);
  expect(peak(played, (played[0]?.length ?? 0) - rate / 20)).toBeCloseTo(0.5, 2);
  await context.close();
});

test('the metronome clicks on every beat, and through a loop', async ({ browser, site }) => {
  const context = await openContext(browser);
  await tapDestination(context);
  await context.addInitScript(() => localStorage.setItem('atome.audioBackend', 'webaudio'));
  const studio = await Studio.open(await context.newPage(), site.url);
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
  const context = await openContext(browser);
  await tapDestination(context);
  await context.addInitScript(() => localStorage.setItem('atome.audioBackend', 'webaudio'));
  const studio = await Studio.open(await context.newPage(), site.url);
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
