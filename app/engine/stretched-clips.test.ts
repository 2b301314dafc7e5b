// Stretched clips of a session as they sound: as long as they are shown, in place, live as offline, through edits and loops.
import { beforeAll, describe, expect, it } from 'vitest';
import { differ, equal, openArranging, type Stereo } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';
import { residual } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const stretched = { stretch_algo: 'bungee', stretch_ratio: 1.25, pitch_shift: 0 } as const;

/** First and last frame above -34 dB: the resampler's filter reaches some frames beyond the sound. */
const extentOf = ([left]: Stereo): [first: number, last: number] => [
  left.findIndex((sample) => Math.abs(sample) > 0.02),
  left.findLastIndex((sample) => Math.abs(sample) > 0.02),
];

const part = ([left, right]: Stereo, from: number, to: number): Stereo => [left.slice(from, to), right.slice(from, to)];

describe('a stretched clip', () => {
  it.each([
    [48_000, 0.5],
    [48_000, 1.25],
    [44_100, 2.5],
  ])('of %i Hz at %f times its length sounds for as long as it is shown, live as offline', async (fileRate, ratio) => {
    const project = await openArranging(module, { rate: fileRate, frames: fileRate / 5 });
    const timeline = await project.timeline('top');
    await project.clip(timeline, 0, 0.1, { ...stretched, stretch_ratio: ratio });
    const frames = rate;
    const live = await project.live(timeline, frames);
    const [first, last] = extentOf(live);
    const end = rate * (0.1 + 0.2 * ratio);
    expect(Math.abs(first - 4800)).toBeLessThan(10);
    expect(Math.abs(last - end)).toBeLessThan(10);
    expect(differ(live, await project.offline(timeline, frames))).toEqual(equal);
    expect(project.engine.control.counters.read('lateFrames')).toBe(0);
  });

  it('at its own length and pitch is its file, bit for bit', async () => {
    const project = await openArranging(module, { frames: 20_000 });
    const timeline = await project.timeline('top');
    await project.clip(timeline, 0, 0.25, { ...stretched, stretch_ratio: 1 });
    const heard = await project.live(timeline, rate);
    expect(differ(heard, project.mixOf([{ file: 0, at: 12_000 }], rate))).toEqual(equal);
  });

  it('without a stretcher plays at its own speed, whatever its ratio', async () => {
    const project = await openArranging(module, { frames: 20_000 });
    const timeline = await project.timeline('top');
    await project.clip(timeline, 0, 0.25, { stretch_algo: 'none', stretch_ratio: 2, pitch_shift: 5 });
    const heard = await project.live(timeline, rate);
    expect(differ(heard, project.mixOf([{ file: 0, at: 12_000 }], rate))).toEqual(equal);
  });

  it('fades in seconds of its timeline', async () => {
    const project = await openArranging(module, { frames: 24_000 });
    const timeline = await project.timeline('top');
    const clip = await project.clip(timeline, 0, 0, { ...stretched, stretch_ratio: 2 });
    const plain = await project.offline(timeline, rate);
    await project.run({ cmd: 'SET_CLIP', clip_id: clip, fade_in: 0.25, fade_out: 0.5 });
    const faded = await project.offline(timeline, rate);
    const level = (frame: number): number => {
      const inside = Math.min(frame / 12_000, 1);
      const left = Math.min((rate - frame) / 24_000, 1);
      return inside ** 2 * (3 - 2 * inside) * left ** 2 * (3 - 2 * left);
    };
    const expected = plain[0].map((sample, frame) => sample * level(frame));
    expect(residual(faded[0], expected)).toBeLessThan(-120);
  });

  it('that is split nulls against the whole, also where the playhead goes on from within', async () => {
    const project = await openArranging(module, { rate: 44_100, frames: 44_100 });
    const timeline = await project.timeline('top', { timebase: 'beats', bpm: 97 });
    const clip = await project.clip(timeline, 0, 0.3, { ...stretched, stretch_ratio: 1.37, pitch_shift: -3 });
    const whole = await project.live(timeline, 2 * rate);
    await project.run({ cmd: 'SPLIT_CLIP', clip_id: clip, position: 1.234 });
    await project.run({ cmd: 'SPLIT_CLIP', clip_id: clip, position: 0.777 });
    expect(differ(await project.live(timeline, 2 * rate), whole)).toEqual(equal);
    expect(differ(await project.offline(timeline, 2 * rate), whole)).toEqual(equal);
  });

  it('in a nested timeline sounds as it does in its own', async () => {
    const project = await openArranging(module, { frames: 24_000 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0.1, stretched);
    const own = await project.live(inner, rate);
    const top = await project.timeline('top');
    await project.nest(top, inner, 0.5);
    const heard = await project.live(top, 2 * rate);
    expect(differ(part(heard, rate / 2, (3 * rate) / 2), part(own, 0, rate))).toEqual(equal);
  });

  it('is ready wherever its loop wraps', async () => {
    const project = await openArranging(module, { frames: 48_000 });
    const timeline = await project.timeline('top');
    await project.clip(timeline, 0, 0, { ...stretched, stretch_ratio: 1.5 });
    await project.run({
      cmd: 'TIMELINE_SET_LOOP',
      timeline_id: timeline,
      loop: { start: 0.25, end: 0.75 },
    });
    const heard = await project.live(timeline, 3 * rate, 0.25);
    expect(project.engine.control.counters.read('lateFrames')).toBe(0);
    const second = part(heard, rate / 2 + 256, rate - 256);
    expect(differ(part(heard, rate + 256, (3 * rate) / 2 - 256), second)).toEqual(equal);
  });

  it('goes over to another ratio while it plays, and ends where it is shown to then', async () => {
    const project = await openArranging(module, { frames: 24_000 });
    const timeline = await project.timeline('top');
    const clip = await project.clip(timeline, 0, 0, { ...stretched, stretch_ratio: 1.5 });
    await project.live(timeline, 6_400);
    await project.run({ cmd: 'SET_CLIP', clip_id: clip, stretch_ratio: 1.25 });
    project.engine.render(400);
    const [left] = project.engine.output();
    const begin = left.findIndex((sample) => sample !== 0);
    expect(left.findLastIndex((sample) => sample !== 0) - begin).toBe(30_000 - 1);
  });

  it('at ten times its speed finds all of its pages, live from a slow disk as offline', async () => {
    const project = await openArranging(module, { frames: 20 * rate });
    const timeline = await project.timeline('top');
    await project.clip(timeline, 0, 0, { ...stretched, stretch_ratio: 0.1, pitch_shift: -24 });
    await project.clip(timeline, 0, 0.5, { ...stretched, stretch_ratio: 0.1, pitch_shift: 24, end_offset: 10 });
    const { engine } = project;
    const [before] = engine.output();
    await project.run({ cmd: 'TIMELINE_PLAY', timeline_id: timeline });
    let turns = 0;
    // Some 27 ms pass between two turns of the disk.
    engine.render((2 * rate) / 128, () => {
      if (turns++ % 10 === 0) engine.page();
    });
    const { counters } = engine.control;
    expect([counters.read('starvedFrames'), counters.read('lateFrames')]).toEqual([0, 0]);
    const output = engine.output();
    const live: Stereo = [output[0].slice(before.length), output[1].slice(before.length)];
    expect(differ(live, await project.offline(timeline, 2 * rate))).toEqual(equal);
  });
});
