// Nested timelines as they sound: flattened to the frame, live as offline, against the mixer that knows no blocks.
import { beforeAll, describe, expect, it } from 'vitest';
import { createdBy } from '../session/testing/fixtures.ts';
import { renderSource } from './render-source.ts';
import { differ, equal, openArranging } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';
import { residual } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;

describe('a nested timeline', () => {
  it('plays its clips relative to its place, at its own tempo and by seconds and beats', async () => {
    const project = await openArranging(module, { frames: 20_000 });
    const inner = await project.timeline('inner', { timebase: 'beats', bpm: 90 });
    await project.clip(inner, 0, 0);
    await project.clip(inner, 0, 1.5);
    const top = await project.timeline('top', { timebase: 'beats', bpm: 100 });
    await project.nest(top, inner, 2);
    const start = (2 * 60 * rate) / 100;
    const expected = project.mixOf(
      [
        { file: 0, at: start },
        { file: 0, at: start + rate },
      ],
      3 * rate,
    );
    expect(differ(await project.live(top, 3 * rate), expected)).toEqual(equal);
    expect(differ(await project.offline(top, 3 * rate), expected)).toEqual(equal);
  });

  it('has its beats where its parent has them, through a change of tempo', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    const inner = await project.timeline('inner', { timebase: 'beats', bpm: 200 });
    for (const beat of [0, 1, 2, 3]) await project.clip(inner, 0, beat);
    const top = await project.timeline('top', { timebase: 'beats', bpm: 120 });
    const segments = [
      { start_position: 0, bpm: 120, time_signature: '4/4' },
      { start_position: 4, bpm: 60, time_signature: '4/4' },
    ];
    await project.run({ cmd: 'SET_TEMPO_SEGMENTS', timeline_id: top, segments });
    await project.nest(top, inner, 2, { tempo: 'parent' });
    const starts = [1, 1.5, 2, 3].map((seconds) => ({ file: 0, at: seconds * rate }));
    expect(differ(await project.live(top, 4 * rate), project.mixOf(starts, 4 * rate))).toEqual(equal);
  });

  it('of the other timebase has its beats at those of a parent in seconds, too', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    const inner = await project.timeline('inner', { timebase: 'seconds', bpm: 120 });
    for (const seconds of [0, 0.5, 1]) await project.clip(inner, 0, seconds);
    const top = await project.timeline('top', { timebase: 'seconds', bpm: 60 });
    await project.nest(top, inner, 0.25, { tempo: 'parent' });
    const starts = [0.25, 1.25, 2.25].map((seconds) => ({ file: 0, at: seconds * rate }));
    expect(differ(await project.live(top, 3 * rate), project.mixOf(starts, 3 * rate))).toEqual(equal);
  });

  it('begins and ends at its markers, and what they cut fades in and out over 128 frames', async () => {
    const project = await openArranging(module, { frames: 48_000 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0);
    const [start_marker_id, end_marker_id] = [await project.marker(inner, 0.25), await project.marker(inner, 0.75)];
    const top = await project.timeline('top');
    await project.nest(top, inner, 1, { start_marker_id, end_marker_id });
    const part = { file: 0, at: rate, from: 12_000, frames: 24_000, fadeIn: 128, fadeOut: 128 };
    const heard = await project.live(top, 2 * rate);
    const expected = project.mixOf([part], 2 * rate);
    expect(residual(heard[0], expected[0])).toBeLessThan(-140);
    const inside = (sound: typeof heard) => [sound[0].slice(48_128, 71_872), sound[1].slice(48_128, 71_872)] as const;
    expect(differ(inside(heard), inside(expected))).toEqual(equal);
  });

  it.each([
    ['as they are', {}],
    ['stretched', { stretch_ratio: 1.3, pitch_shift: 2 }],
  ])('goes on through the cuts of a split as if there were none, with clips %s', async (_, stretch) => {
    const project = await openArranging(module, { frames: 96_000 }, { rate: 44_100, frames: 88_200 });
    const inmost = await project.timeline('inmost', { timebase: 'beats', bpm: 97 });
    await project.clip(inmost, 0, 0.3, { ...stretch, fade_in: 0.7 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 1, 0.1, stretch);
    await project.nest(inner, inmost, 0.4);
    const top = await project.timeline('top', { timebase: 'beats', bpm: 113 });
    const whole = await project.nest(top, inner, 1);
    const [unsplit, frames] = [await project.offline(top, 4 * rate), 4 * rate];
    let last = whole;
    for (const position of [1.7, 2.9, 3.1]) {
      last = (await project.session.dispatch({ cmd: 'SPLIT_CLIP', clip_id: last, position }).then(createdBy))[1] ?? '';
    }
    expect(last).not.toBe('');
    expect(differ(await project.offline(top, frames), unsplit)).toEqual(equal);
    expect(differ(await project.live(top, frames), unsplit)).toEqual(equal);
    // One step away from each other they are cuts again.
    await project.run({ cmd: 'SET_OBJECT', id: last, properties: { gain: 0.5 } });
    const half = await project.offline(top, frames);
    const cut = Math.round((3.1 * 60 * rate) / 113);
    expect(residual(half[0].slice(0, cut - 200), unsplit[0].slice(0, cut - 200))).toBeLessThan(-120);
    expect(Math.abs(half[0][cut] ?? 1)).toBeLessThan(0.01);
  });

  it('repeats between its markers without a seam until its duration is over', async () => {
    const project = await openArranging(module, { frames: 12_000 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0);
    await project.clip(inner, 0, 0.25);
    const [start_marker_id, end_marker_id] = [await project.marker(inner, 0.25), await project.marker(inner, 0.5)];
    const top = await project.timeline('top');
    await project.nest(top, inner, 0.5, { loop_markers: { start_marker_id, end_marker_id }, duration: 1.5 });
    const starts = [0, 1, 2, 3, 4, 5].map((round) => ({ file: 0, at: 24_000 + round * 12_000 }));
    const expected = project.mixOf(starts, 3 * rate);
    expect(differ(await project.live(top, 3 * rate), expected)).toEqual(equal);
    expect(differ(await project.offline(top, 3 * rate), expected)).toEqual(equal);
  });

  it('repeats exactly at another rate, where rounds are no whole number of frames', async () => {
    const project = await openArranging(module, { rate: 44_100, frames: 44_100 });
    const inner = await project.timeline('inner', { timebase: 'beats', bpm: 127 });
    const beat = (frames: number): number => Math.floor((60 / 127) * frames * 44_100 + 0.5);
    await project.clip(inner, 0, 0, { end_offset: 60 / 127 });
    const [start_marker_id, end_marker_id] = [await project.marker(inner, 0), await project.marker(inner, 1)];
    const top = await project.timeline('top');
    await project.nest(top, inner, 0, { loop_markers: { start_marker_id, end_marker_id } });
    const rounds = [0, 1, 2].map((round) => ({ file: 0, at: beat(round), frames: beat(round + 1) - beat(round) }));
    const heard = await project.live(top, 1.4 * rate);
    const last = { file: 0, at: beat(3), frames: beat(1) };
    expect(residual(heard[0], project.mixOf([...rounds, last], 1.4 * rate)[0])).toBeLessThan(-140);
  });

  it('plays to the depth of four, with gains multiplied', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    let inside = await project.timeline('0');
    await project.clip(inside, 0, 0.125, { gain: 0.5 });
    for (const depth of [1, 2, 3, 4]) {
      const parent = await project.timeline(`${depth}`);
      await project.nest(parent, inside, 0.125, { gain: 0.5 });
      inside = parent;
    }
    const expected = project.mixOf([{ file: 0, at: 30_000, gain: 1 / 32 }], rate);
    expect(differ(await project.live(inside, rate), expected)).toEqual(equal);
    expect(differ(await project.offline(inside, rate), expected)).toEqual(equal);
  });
});

describe('mutes and solos', () => {
  it('of the nested clip, of its lane and inside reach the sound', async () => {
    const project = await openArranging(module, { frames: 10_000 }, { frames: 10_000 });
    const inner = await project.timeline('inner');
    const one = await project.clip(inner, 0, 0);
    await project.clip(inner, 1, 0.5);
    const top = await project.timeline('top');
    const nested = await project.nest(top, inner, 0);
    const beside = await project.clip(top, 1, 1);
    const silence = project.mixOf([], 2 * rate);
    const both = [
      { file: 0, at: 0 },
      { file: 1, at: 24_000 },
    ];
    const last = { file: 1, at: rate };
    const heard = async (...expected: Parameters<typeof project.mixOf>[0]): Promise<void> =>
      expect(differ(await project.offline(top, 2 * rate), project.mixOf(expected, 2 * rate))).toEqual(equal);
    await heard(...both, last);
    await project.run({ cmd: 'SET_OBJECT', id: nested, properties: { muted: true } });
    await heard(last);
    await project.run({ cmd: 'SET_OBJECT', id: nested, properties: { muted: false, solo: true } });
    await heard(...both);
    await project.run({ cmd: 'SET_CLIP', clip_id: one, solo: true });
    await heard({ file: 0, at: 0 });
    await project.run({ cmd: 'SET_CLIP', clip_id: beside, solo: true });
    await project.run({ cmd: 'SET_OBJECT', id: nested, properties: { solo: false } });
    await heard(last);
    const lane = await project.run({ cmd: 'CREATE_GROUP', timeline_id: top, name: 'lane' });
    await project.run({ cmd: 'SET_CLIP', clip_id: beside, solo: false });
    await project.run({ cmd: 'SET_OBJECT', id: nested, properties: { group_id: lane } });
    await project.run({ cmd: 'SET_OBJECT', id: lane, properties: { muted: true } });
    await heard(last);
    await project.run({ cmd: 'REMOVE_CLIPS', clip_ids: [beside] });
    expect(differ(await project.offline(top, 2 * rate), silence)).toEqual(equal);
  });
});

describe('edits while it plays', () => {
  it('inside a nested timeline are heard through everything that plays it', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    const inner = await project.timeline('inner');
    const middle = await project.timeline('middle');
    const top = await project.timeline('top');
    await project.nest(middle, inner, 0.25);
    await project.nest(top, middle, 0.25);
    await project.live(top, 6400);
    const clip = await project.clip(inner, 0, 0);
    await project.run({ cmd: 'MOVE_CLIP', clip_id: clip, play_position: 0.5 });
    project.engine.render(500);
    const expected = project.mixOf([{ file: 0, at: rate }], 506 * 128);
    const [left, right] = project.engine.output();
    expect(differ([left.slice(0, 506 * 128), right.slice(0, 506 * 128)], expected)).toEqual(equal);
    await project.session.dispatch({ cmd: 'UNDO' });
    await project.session.dispatch({ cmd: 'UNDO' });
    const silence = project.mixOf([], rate);
    expect(differ(await project.live(top, rate), silence)).toEqual(equal);
  });

  it('of the tempo of parent and child leave every clip on its new frame', async () => {
    const project = await openArranging(module, { frames: 5_000 });
    const inner = await project.timeline('inner', { timebase: 'beats', bpm: 120 });
    for (const beat of [0, 2, 4, 6]) await project.clip(inner, 0, beat);
    const top = await project.timeline('top', { timebase: 'beats', bpm: 120 });
    await project.nest(top, inner, 0, { tempo: 'parent' });
    await project.live(top, 64 * 128);
    await project.run({ cmd: 'SET_TEMPO', timeline_id: inner, bpm: 77 });
    await project.run({ cmd: 'SET_TEMPO', timeline_id: top, bpm: 240 });
    const again = [0, 0.5, 1, 1.5].map((seconds) => ({ file: 0, at: seconds * rate }));
    expect(differ(await project.offline(top, 2 * rate), project.mixOf(again, 2 * rate))).toEqual(equal);
    // The playhead stays on its beat, so that the next clip comes when its beat comes.
    const before = project.engine.output()[0].length;
    project.engine.render(400);
    const { frame } = project.engine.control.position(top);
    const [left, right] = project.engine.output();
    const heard = [left.slice(-200 * 128), right.slice(-200 * 128)] as const;
    expect(left.length).toBe(before + 400 * 128);
    expect(differ(heard, project.mixOf(again, 200 * 128, frame - 200 * 128))).toEqual(equal);
  });

  it('let several timelines play at once, each with its own tempo and loop', async () => {
    const project = await openArranging(module, { frames: 12_000 }, { frames: 24_000 });
    const one = await project.timeline('one', { timebase: 'beats', bpm: 240 });
    const two = await project.timeline('two', { timebase: 'beats', bpm: 60 });
    await project.clip(one, 0, 0);
    await project.clip(two, 1, 0);
    await project.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: one, loop: { start: 0, end: 1 } });
    await project.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: two, loop: { start: 0, end: 0.5 } });
    await project.live(one, 0);
    const heard = await project.live(two, 2 * rate);
    const each = [
      ...[0, 1, 2, 3, 4, 5, 6, 7].map((round) => ({ file: 0, at: round * 12_000 })),
      ...[0, 1, 2, 3].map((round) => ({ file: 1, at: round * 24_000 })),
    ];
    expect(residual(heard[0], project.mixOf(each, 2 * rate)[0])).toBeLessThan(-140);
  });
});

describe('what is too much', () => {
  it('timelines nested twice in each other to a great depth are left out in time, and told', async () => {
    const project = await openArranging(module, { frames: 100 });
    let inside = await project.timeline('0');
    await project.clip(inside, 0, 0);
    for (let depth = 1; depth <= 16; depth++) {
      const parent = await project.timeline(`${depth}`);
      await project.nest(parent, inside, 0);
      await project.nest(parent, inside, 1);
      inside = parent;
      if (depth === 13) expect(() => renderSource(project.session.objects, parent)).not.toThrow();
    }
    expect(() => renderSource(project.session.objects, inside)).toThrow(/“16”/);
  }, 60_000);
});

describe('what cannot be', () => {
  it('a timeline inside itself is refused by name, however it is asked for', async () => {
    const project = await openArranging(module, { frames: 100 });
    const [a, b, c] = [await project.timeline('A'), await project.timeline('B'), await project.timeline('C')];
    await project.nest(a, b, 0);
    const nested = await project.nest(b, c, 0);
    const other = await project.timeline('other');
    const loose = await project.nest(other, a, 0);
    const circle = {
      ok: false,
      error: { name: 'ERR_CYCLE', msg: expect.stringMatching(/“A”.*“B”.*“C”|“C”.*“A”.*“B”/) },
    };
    const add = { cmd: 'ADD_NESTED_TIMELINE', timeline_id: c, nested_timeline_id: a, play_position: 0 } as const;
    expect(await project.session.dispatch(add)).toMatchObject(circle);
    const move = { cmd: 'SET_OBJECT', id: loose, properties: { timeline_id: c } } as const;
    expect(await project.session.dispatch(move)).toMatchObject(circle);
    const point = { cmd: 'SET_OBJECT', id: nested, properties: { nested_timeline_id: a } } as const;
    expect(await project.session.dispatch(point)).toMatchObject({ ok: false, error: { name: 'ERR_CYCLE' } });
  });
});
