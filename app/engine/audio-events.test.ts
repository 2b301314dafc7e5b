// Events that start, stop and change clips, to the sample.
import { beforeAll, describe, expect, it } from 'vitest';
import { differ, equal, openArranging, type Stereo } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';
import { residual } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const part = (sound: Stereo, from: number, to: number): Stereo => [sound[0].slice(from, to), sound[1].slice(from, to)];

describe('audio_clip_start', () => {
  it('plays the clip once more, from its beginning, on the frame of the event', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    const timeline = await project.timeline('top', { timebase: 'beats', bpm: 120 });
    const target_clip_id = await project.clip(timeline, 0, 1);
    await project.event(timeline, 2, 'audio_clip_start', { target_clip_id });
    await project.event(timeline, 1.75, 'audio_clip_start', { target_clip_id, timebase: 'seconds' });
    await project.event(timeline, 3, 'audio_clip_start', { target_clip_id, muted: true });
    const starts = [0.5, 1, 1.75].map((seconds) => ({ file: 0, at: seconds * rate }));
    const expected = project.mixOf(starts, 3 * rate);
    expect(differ(await project.live(timeline, 3 * rate), expected)).toEqual(equal);
    expect(differ(await project.offline(timeline, 3 * rate), expected)).toEqual(equal);
  });

  it('starts a nested timeline, too', async () => {
    const project = await openArranging(module, { frames: 5_000 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0.25);
    const top = await project.timeline('top');
    const target_clip_id = await project.nest(top, inner, 0);
    const event = await project.event(top, 1, 'audio_clip_start', { target_clip_id });
    const starts = [0.25, 1.25].map((seconds) => ({ file: 0, at: seconds * rate }));
    expect(differ(await project.live(top, 2 * rate), project.mixOf(starts, 2 * rate))).toEqual(equal);
    await project.run({ cmd: 'REMOVE_OBJECT', id: event });
    expect(differ(await project.live(top, 2 * rate), project.mixOf(starts.slice(0, 1), 2 * rate))).toEqual(equal);
  });
});

describe('audio_clip_stop', () => {
  it('ends what sounds of the clip with a fade of 128 frames, and the clip is whole when it goes', async () => {
    const project = await openArranging(module, { frames: 48_000 });
    const timeline = await project.timeline('top');
    const target_clip_id = await project.clip(timeline, 0, 0);
    const stop = await project.event(timeline, 0.5, 'audio_clip_stop', { target_clip_id });
    await project.event(timeline, 1, 'audio_clip_start', { target_clip_id });
    const cut = { file: 0, at: 0, frames: 24_000, fadeOut: 128 };
    const heard = await project.live(timeline, 2 * rate);
    const expected = project.mixOf([cut, { file: 0, at: rate }], 2 * rate);
    expect(residual(heard[0], expected[0])).toBeLessThan(-140);
    expect(differ(part(heard, 0, 23_872), part(expected, 0, 23_872))).toEqual(equal);
    await project.run({ cmd: 'REMOVE_OBJECT', id: stop });
    const whole = [
      { file: 0, at: 0 },
      { file: 0, at: rate },
    ];
    expect(differ(await project.live(timeline, 2 * rate), project.mixOf(whole, 2 * rate))).toEqual(equal);
  });

  it('ends a nested timeline with everything in it', async () => {
    const project = await openArranging(module, { frames: 48_000 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0);
    await project.clip(inner, 0, 0.75);
    const top = await project.timeline('top');
    const target_clip_id = await project.nest(top, inner, 0);
    await project.event(top, 0.5, 'audio_clip_stop', { target_clip_id });
    const heard = await project.offline(top, 2 * rate);
    const expected = project.mixOf([{ file: 0, at: 0, frames: 24_000, fadeOut: 128 }], 2 * rate);
    expect(residual(heard[0], expected[0])).toBeLessThan(-140);
  });
});

describe('audio_clip_param', () => {
  it('changes gain and mute from there on within 240 frames, and leaves the sound before bit for bit', async () => {
    const project = await openArranging(module, { frames: 48_000 });
    const timeline = await project.timeline('top');
    const target_clip_id = await project.clip(timeline, 0, 0);
    await project.event(timeline, 0.25, 'audio_clip_param', { target_clip_id, payload: { gain: 0.5 } });
    await project.event(timeline, 0.5, 'audio_clip_param', { target_clip_id, payload: { muted: true } });
    await project.event(timeline, 0.75, 'audio_clip_param', { target_clip_id, payload: { muted: false, gain: 2 } });
    const heard = await project.live(timeline, rate);
    const at = (gain: number): Stereo => project.mixOf([{ file: 0, at: 0, gain }], rate);
    const stretches = [
      [at(1), 0, 12_000],
      [at(0.5), 12_240, 24_000],
      [at(0), 24_240, 36_000],
      [at(2), 36_240, 48_000],
    ] as const;
    for (const [expected, from, to] of stretches) {
      expect(differ(part(heard, from, to), part(expected, from, to))).toEqual(equal);
    }
  });

  it('that changes nothing is not heard, wherever it lies and however many there are', async () => {
    const project = await openArranging(module, { frames: 20_000 });
    const timeline = await project.timeline('top');
    const target_clip_id = await project.clip(timeline, 0, 0, { fade_in: 0.1, fade_out: 0.2, gain: 0.7 });
    const plain = await project.offline(timeline, rate / 2);
    for (const frame of [1, 100, 4_000, 4_100, 4_150, 4_151, 15_000, 19_900, 19_999, 25_000]) {
      await project.event(timeline, frame / rate, 'audio_clip_param', { target_clip_id, payload: { gain: 0.7 } });
    }
    const heard = await project.offline(timeline, rate / 2);
    expect(residual(heard[0], plain[0])).toBeLessThan(-130);
    expect(residual(heard[1], plain[1])).toBeLessThan(-130);
  });

  it('is refused where its values make no sense', async () => {
    const project = await openArranging(module, { frames: 5_000 });
    const timeline = await project.timeline('top');
    const target_clip_id = await project.clip(timeline, 0, 0);
    const event = { cmd: 'ADD_EVENT', timeline_id: timeline, time: 0, type: 'audio_clip_param' } as const;
    for (const payload of [{ gain: -1 }, { pan: 9 }, { muted: 'x' }]) {
      const [named = ''] = Object.keys(payload);
      expect(await project.session.dispatch({ ...event, target_clip_id, payload })).toMatchObject({
        ok: false,
        error: { name: 'ERR_BAD_COMMAND', msg: expect.stringContaining(`payload.${named}`) },
      });
    }
    expect(differ(await project.offline(timeline, 6_000), project.mixOf([{ file: 0, at: 0 }], 6_000))).toEqual(equal);
  });
});

describe('a nested timeline that begins at a marker', () => {
  /** What sounds before the marker and what events have done there: half as loud, stopped, started a second time. */
  async function openEventful() {
    const project = await openArranging(
      module,
      { frames: 48_000 },
      { frames: 48_000 },
      { rate: 44_100, frames: 44_100 },
    );
    const inner = await project.timeline('inner');
    const inmost = await project.timeline('inmost');
    const [quieter, stopped] = [await project.clip(inner, 0, 0), await project.clip(inner, 1, 0)];
    const again = await project.clip(inmost, 2, 0, { fade_in: 0.4 });
    const nested = await project.nest(inner, inmost, 0, { duration: 0.1 });
    await project.event(inner, 0.1, 'audio_clip_param', { target_clip_id: quieter, payload: { gain: 0.5, pan: -1 } });
    await project.event(inner, 0.2, 'audio_clip_stop', { target_clip_id: stopped });
    await project.event(inner, 0.15, 'audio_clip_start', { target_clip_id: again });
    await project.event(inner, 0.05, 'audio_clip_param', { target_clip_id: nested, payload: { gain: 0.25 } });
    await project.event(inmost, 0.01, 'audio_clip_param', { target_clip_id: again, payload: { gain: 3 } });
    return { ...project, inner, top: await project.timeline('top') };
  }

  /** Behind its cuts, whose fades a resampler hears some frames ahead. */
  const cut = 256;

  it('sounds as it does alone from there on: what events did before is in force', async () => {
    const project = await openEventful();
    const { inner, top } = project;
    const start_marker_id = await project.marker(inner, 0.25);
    await project.nest(top, inner, 0.5, { start_marker_id });
    const alone = part(await project.offline(inner, rate), 12_000 + cut, rate);
    for (const heard of [await project.live(top, 2 * rate), await project.offline(top, 2 * rate)]) {
      expect(differ(part(heard, 24_000 + cut, 60_000), alone)).toEqual(equal);
    }
  });

  it('and repeats from one has them in force each time round', async () => {
    const project = await openEventful();
    const { inner, top } = project;
    const [start_marker_id, end_marker_id] = [await project.marker(inner, 0.25), await project.marker(inner, 0.5)];
    await project.nest(top, inner, 0, { loop_markers: { start_marker_id, end_marker_id }, duration: 1 });
    const alone = part(await project.offline(inner, rate), 12_000 + cut, 24_000 - cut);
    const heard = await project.live(top, 2 * rate);
    for (const begin of [24_000, 36_000]) {
      expect(differ(part(heard, begin + cut, begin + 12_000 - cut), alone)).toEqual(equal);
    }
  });
});

it('clips that are frozen are silent, and sound again when they are not', async () => {
  const project = await openArranging(module, { frames: 5_000 }, { frames: 5_000 });
  const timeline = await project.timeline('top');
  const clip = await project.clip(timeline, 0, 0);
  const rendered = await project.clip(timeline, 1, 0);
  await project.run({ cmd: 'SET_OBJECT', id: clip, properties: { frozen_by: rendered } });
  expect(differ(await project.live(timeline, 6_400), project.mixOf([{ file: 1, at: 0 }], 6_400))).toEqual(equal);
  await project.session.dispatch({ cmd: 'UNDO' });
  const both = [
    { file: 0, at: 0 },
    { file: 1, at: 0 },
  ];
  expect(differ(await project.live(timeline, 6_400), project.mixOf(both, 6_400))).toEqual(equal);
});
