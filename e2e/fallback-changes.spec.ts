// The fallback engine while what plays is edited, dragged, given another tempo, and told too late.
import type { Command } from '../app/protocol/commands.ts';
import { openTapped } from './support/fallback-page.ts';
import { expect, test } from './support/fixtures.ts';
import { largestStep, peak } from './support/sound.ts';
import { stallAfter, watchAudioCalls } from './support/stalling-page.ts';
import { heardSoFar } from './support/tapped-destination.ts';
import { sine } from './support/wav.ts';

const rate = 48_000;

test('a page that is stopped while it changes what plays makes no click', async ({ browser, plainSite }) => {
  const { context, studio } = await openTapped(browser, plainSite.url, false, watchAudioCalls);
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

test('a new tempo makes no click in what plays stretched', async ({ browser, plainSite }) => {
  const { context, studio } = await openTapped(browser, plainSite.url);
  const beats = { cmd: 'CREATE_TIMELINE', name: 'Beats', type: 'audio', timebase: 'beats', bpm: 120 } as const;
  const [timeline = ''] = await studio.run(beats);
  const tone = await studio.importFile(sine('Tone.wav', 20 * rate, 330));
  const place = { timeline_id: timeline, audio_file_id: tone.id, play_position: 0 };
  await studio.run({ cmd: 'ADD_CLIP', ...place, stretch_algo: 'bungee', stretch_ratio: 1.5 });
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 4 });
  await studio.passFrames(rate / 2);
  const settled = (await heardSoFar(studio.page))[0]?.length ?? 0;
  for (const bpm of [90, 150, 151, 60, 200, 120]) {
    await studio.run({ cmd: 'SET_TEMPO', timeline_id: timeline, bpm });
    await studio.passFrames(rate / 5);
  }
  const heard = await heardSoFar(studio.page);
  const rise = 0.5 * 2 * Math.sin((Math.PI * 330) / rate);
  expect(largestStep(heard, settled)).toBeLessThan(1.2 * rise);
  expect(peak(heard, settled)).toBeCloseTo(0.5, 2);
  await context.close();
});

test('edits are heard while it plays, loops come round, and everything stops at once', async ({ browser, site }) => {
  const { context, studio } = await openTapped(browser, site.url, true);
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
  const { context, studio } = await openTapped(browser, plainSite.url);
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
