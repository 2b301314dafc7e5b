// What is heard, sample by sample: the same as the offline render, seamless loops, edits without clicks.
import type { Command } from '../app/protocol/commands.ts';
import { expect, test } from './support/fixtures.ts';
import { differences, largestStep, peak, soundingRange } from './support/sound.ts';
import { Studio } from './support/studio.ts';
import { noise, sine } from './support/wav.ts';

const rate = 48_000;
const second = 48_000;
/** Commands take effect with a quantum of the engine, and recordings begin with one. */
const quantumOf = (frame: number): number => frame - (frame % 128);

test('playback is the offline render, bit for bit, clips of other rates and levels included', async ({ page }) => {
  const studio = await Studio.open(page);
  const own = await studio.importFile(noise('own-rate.wav', second, 1));
  const other = await studio.importFile(noise('other-rate.wav', 44_100, 2, { sampleRate: 44_100 }));
  const { timeline, clips } = await studio.arrange([
    { file: own, at: 0 },
    { file: other, at: 0.3 },
    { file: own, at: 0.7, gain: 0.3 },
  ]);
  await studio.run({ cmd: 'SET_CLIP', clip_id: clips[1] ?? '', pan: -0.4, fade_in: 0.1, fade_out: 0.25 });
  const rendered = await studio.render(timeline, { from: 0, to: 2 });
  const content = soundingRange(rendered);
  expect(content.first).toBe(0);
  expect(content.last).toBeGreaterThan(1.69 * rate);

  await studio.startSound();
  const heard = await studio.record(3 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const { first } = soundingRange(heard.channels);
  expect(first).toBe(quantumOf(first));
  expect(heard.startFrame % 128).toBe(0);
  expect(differences(heard.channels, first, rendered, 0, 2 * rate)).toBe(0);
  expect(await studio.status()).toMatchObject({ backend: 'wasm', starvedFrames: 0 });
});

test('a clip at the rate of the engine plays the samples of its file', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(noise('plain.wav', second / 2, 3));
  const { timeline } = await studio.arrange([{ file, at: 0.25 }]);
  const [samples] = await studio.render(timeline, { from: 0.25, to: 0.75 });
  const original = noise('plain.wav', second / 2, 3).bytes;
  const view = new DataView(original.buffer, original.byteOffset, original.byteLength);
  for (let frame = 0; frame < second / 2; frame++) {
    if (samples?.[frame] !== view.getFloat32(44 + frame * 8, true)) throw new Error(`frame ${frame} differs`);
  }
  await studio.startSound();
  const heard = await studio.record(second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0.25 });
  const { first } = soundingRange(heard.channels);
  expect(differences(heard.channels.slice(0, 1), first, [samples ?? new Float32Array()], 0, second / 2)).toBe(0);
});

test('a loop comes round to the sample', async ({ page }) => {
  const studio = await Studio.open(page);
  // A length that no quantum divides.
  const frames = 10_007;
  const file = await studio.importFile(noise('loop.wav', frames, 4));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  const round = await studio.render(timeline, { from: 0, to: frames / rate });
  await studio.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 0, end: frames / rate } });
  await studio.startSound();
  const heard = await studio.record(2 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const { first } = soundingRange(heard.channels);
  const rounds = Math.floor((2 * second - first) / frames);
  expect(rounds).toBeGreaterThanOrEqual(5);
  for (let index = 0; index < rounds; index++) {
    expect([index, differences(heard.channels, first + index * frames, round, 0, frames)]).toEqual([index, 0]);
  }
});

test('a loop inside a long sound keeps its length and clicks nowhere', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(sine('long.wav', 2 * second, 220));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  const [start, end] = [12_345, 31_567];
  await studio.run({
    cmd: 'TIMELINE_SET_LOOP',
    timeline_id: timeline,
    loop: { start: start / rate, end: end / rate },
  });
  const whole = await studio.render(timeline, { from: 0, to: 2 });
  await studio.startSound();
  const heard = await studio.record(3 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: start / rate });
  // The entry fades in from nothing over 128 frames, and each seam is crossfaded over as many.
  const first = quantumOf(soundingRange(heard.channels).first);
  for (let at = first, index = 0; at + end - start <= 3 * second; at += end - start, index++) {
    const inside = differences(heard.channels, at + 128, whole, start + 128, end - start - 128);
    expect([index, inside]).toEqual([index, 0]);
  }
  expect(largestStep(heard.channels, first)).toBeLessThan(stepBound);
});

/** A sine of 220 Hz and peak 1/2 steps by 0.0144 at most; a change of its whole level over 128 frames adds 0.0117. */
const stepBound = 0.0144 + 0.0118;

test('edits while it plays change the sound at once, and leave no step in it', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(sine('tone.wav', 20 * second, 220));
  const { timeline, clips } = await studio.arrange([{ file, at: 0 }]);
  const [clip = ''] = clips;
  await studio.startSound();
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 0 });
  const frames = 6 * second;
  const recording = studio.record(frames);
  const changedAt: number[] = [];
  const level = 0.2;
  const edits: readonly Command[] = [
    { cmd: 'SET_CLIP', clip_id: clip, gain: level },
    { cmd: 'SET_CLIP', clip_id: clip, pan: -1 },
    { cmd: 'SET_CLIP', clip_id: clip, gain: 1, pan: 0 },
    { cmd: 'MOVE_CLIP', clip_id: clip, play_position: 0.0137 },
    { cmd: 'SPLIT_CLIP', clip_id: clip, position: 15 },
    { cmd: 'TRIM_CLIP', clip_id: clip, start_offset: 0.01 },
    { cmd: 'REMOVE_CLIPS', clip_ids: [clip] },
  ];
  for (const command of edits) {
    await studio.passFrames(second / 4);
    await studio.run(command);
    changedAt.push((await studio.status()).masterFrame);
  }
  const heard = await recording;
  const at = (index: number): number => (changedAt[index] ?? 0) - heard.startFrame;
  const settled = second / 8;
  /** Peak of one channel between a change, when it has settled, and the next one at the earliest. */
  const levelAfter = (index: number, channel: number): number =>
    peak([heard.channels[channel] ?? new Float32Array()], at(index) + settled / 2, at(index) + settled);
  expect(levelAfter(0, 0)).toBeCloseTo(level / 2, 3);
  expect(levelAfter(1, 0)).toBeCloseTo((level / 2) * Math.SQRT2, 3);
  expect(levelAfter(1, 1)).toBeLessThan(1e-6);
  for (const index of [2, 3, 4, 5]) expect(levelAfter(index, 1)).toBeCloseTo(0.5, 3);
  expect(at(6) + settled).toBeLessThan(frames);
  expect(levelAfter(6, 0)).toBe(0);
  expect(largestStep(heard.channels)).toBeLessThan(stepBound);
});

test('play, stop and seek in the middle of a sound leave no step in it', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(sine('tone.wav', 20 * second, 220));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.startSound();
  const recording = studio.record(4 * second, { cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 3.3333 });
  const commands: readonly Command[] = [
    { cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 7.1234 },
    { cmd: 'TIMELINE_STOP', timeline_id: timeline },
    { cmd: 'TIMELINE_PLAY', timeline_id: timeline },
    { cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 1.0101 },
    { cmd: 'PANIC', scope: 'ALL' },
  ];
  for (const command of commands) {
    await studio.passFrames(second / 4);
    await studio.run(command);
  }
  const { channels } = await recording;
  expect(peak(channels)).toBeCloseTo(0.5, 2);
  expect(peak(channels, 4 * second - 128)).toBe(0);
  expect(largestStep(channels)).toBeLessThan(stepBound);
});

test('several timelines play at once, each from where it was started, and add up', async ({ page }) => {
  const studio = await Studio.open(page);
  const own = await studio.importFile(noise('first.wav', 2 * second, 5));
  const other = await studio.importFile(noise('second.wav', 2 * second, 6));
  const one = await studio.arrange([{ file: own, at: 0 }]);
  const two = await studio.arrange([{ file: other, at: 0, gain: 0.5 }]);
  await studio.startSound();
  const recording = studio.record(2 * second, { cmd: 'TIMELINE_PLAY', timeline_id: one.timeline, start: 0 });
  await studio.passFrames(second / 4);
  await studio.run({ cmd: 'TIMELINE_PLAY', timeline_id: two.timeline, start: 0 });
  const { channels } = await recording;
  const alone = await studio.render(one.timeline, { from: 0, to: 2 });
  const added = await studio.render(two.timeline, { from: 0, to: 2 });
  const { first: began } = soundingRange(channels);
  const length = 2 * second - began;
  let joined = 0;
  while (joined < length && channels[0]?.[began + joined] === alone[0]?.[joined]) joined++;
  expect(joined).toBeGreaterThan(second / 4 - 128);
  expect(joined).toBeLessThan(length);
  // The engine adds in single precision, in the order of its timelines.
  const sums = alone.map((channel, index) =>
    Float32Array.from(channel.subarray(joined, length), (value, frame) => value + (added[index]?.[frame] ?? 0)),
  );
  expect(differences(channels, began + joined, sums, 0, length - joined)).toBe(0);
});

test('the state tells which timelines play, and where they are', async ({ page }) => {
  const studio = await Studio.open(page);
  const file = await studio.importFile(sine('tone.wav', 20 * second, 220));
  const { timeline } = await studio.arrange([{ file, at: 0 }]);
  await studio.startSound();
  const { startFrame, channels } = await studio.record(second, {
    cmd: 'TIMELINE_PLAY',
    timeline_id: timeline,
    start: 5.01,
  });
  const began = startFrame + quantumOf(soundingRange(channels).first);
  const positions = await studio.atome.evaluate(async ({ services: { audioEngine } }, id) => {
    const [before, position, after] = await Promise.all([
      audioEngine.getState(),
      audioEngine.getTimelineState(id),
      audioEngine.getState(),
    ]);
    return { before: before.masterFrame, position, after: after.masterFrame };
  }, timeline);
  const zero = began - Math.round(5.01 * rate);
  expect(positions.position.playing).toBe(true);
  // It tells what is heard, which is behind what is rendered by the latency of the device.
  expect(positions.position.frame).toBeGreaterThan(positions.before - zero - rate / 2);
  expect(positions.position.frame).toBeLessThanOrEqual(positions.after - zero + 1);
  expect((await studio.state()).timelines[timeline]).toMatchObject({ playing: true });
  await studio.run({ cmd: 'TIMELINE_STOP', timeline_id: timeline });
  expect((await studio.state()).timelines[timeline]).toMatchObject({ playing: false });
});
