// The live path, instance by instance, against the offline render and against itself.
import { beforeAll, describe, expect, it } from 'vitest';
import { renderToMemory } from './render-to-memory.ts';
import { compileEngine } from './testing/engine-file.ts';
import { LiveEngine } from './testing/live-engine.ts';
import {
  clipDelta,
  clipOf,
  deltasOf,
  noiseFile,
  openSourceOf,
  sourcesOf,
  type TestSession,
  timelineId,
} from './testing/sessions.ts';
import { firstDifference, residual } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const quantum = 128;

const offline = async (session: TestSession, from: number, to: number): Promise<Float32Array[]> => {
  const openSource = openSourceOf(session);
  const deltas = deltasOf(session);
  return (await renderToMemory({ module, deltas, timelineId, from, to, sampleRate: rate, openSource })).channels;
};

const live = async (session: TestSession): Promise<LiveEngine> => {
  const engine = new LiveEngine(module, rate, sourcesOf(session));
  await engine.control.apply(deltasOf(session));
  return engine;
};

/** One clip at the context's rate, one that is resampled, both processed. */
const mixedSession = (): TestSession => {
  const same = noiseFile(1, rate, 2, 60_000);
  const other = noiseFile(2, 44_100, 1, 50_000);
  return {
    files: [same, other],
    clips: [
      clipOf(same, 'same', { startSeconds: 0.05, gain: 0.5, pan: 0.4, fadeInFrames: 1000 }),
      clipOf(other, 'other', { startSeconds: 0.2, gain: 0.3, pan: -0.7, fadeOutFrames: 5000 }),
    ],
  };
};

describe('the live engine', () => {
  it('plays the very samples that are rendered offline', async () => {
    const session = mixedSession();
    const engine = await live(session);
    await engine.play(timelineId, 0);
    engine.render(500);
    const [left, right] = engine.output();
    const rendered = await offline(session, 0, (500 * quantum) / rate);
    expect([
      firstDifference(left, rendered[0] as Float32Array),
      firstDifference(right, rendered[1] as Float32Array),
    ]).toEqual([-1, -1]);
  });

  it('leaves untouched clips bit-exact when another is added while it plays', async () => {
    const session = mixedSession();
    const engine = await live(session);
    await engine.play(timelineId, 0);
    engine.render(100);
    const added = clipOf(session.files[0] as (typeof session.files)[0], 'late', { startSeconds: 1 });
    await engine.control.apply([clipDelta(session.files[0] as (typeof session.files)[0], added)]);
    engine.render(200);
    const rendered = await offline(session, 0, (300 * quantum) / rate);
    expect(firstDifference(engine.output()[0], rendered[0] as Float32Array)).toBe(-1);
  });

  it('follows an edit in the middle and then equals the edited session', async () => {
    const session = mixedSession();
    const engine = await live(session);
    await engine.play(timelineId, 0);
    engine.render(120);
    const moved = session.clips.map((clip) => ({ ...clip, startSeconds: clip.startSeconds + 0.013, gain: 0.9 }));
    await engine.control.apply(deltasOf({ ...session, clips: moved }));
    engine.render(200);
    const rendered = await offline({ ...session, clips: moved }, 0, (320 * quantum) / rate);
    const settled = 124 * quantum;
    const difference = residual(engine.output()[0].subarray(settled), (rendered[0] as Float32Array).subarray(settled));
    expect(difference).toBeLessThan(-140);
  });

  it('glides to a new gain within 256 frames, without a new schedule', async () => {
    const session = mixedSession();
    const engine = await live(session);
    await engine.play(timelineId, 0);
    engine.render(120);
    const louder = session.clips.map((clip) => ({ ...clip, gain: 0.8, pan: 0 }));
    await engine.control.apply(deltasOf({ ...session, clips: louder }));
    engine.render(200);
    const rendered = await offline({ ...session, clips: louder }, 0, (320 * quantum) / rate);
    const settled = 124 * quantum;
    const difference = residual(engine.output()[0].subarray(settled), (rendered[0] as Float32Array).subarray(settled));
    expect(difference).toBeLessThan(-140);
  });

  it('loops to the sample', async () => {
    const file = noiseFile(4, rate, 1, 30_000);
    const session = { files: [file], clips: [clipOf(file, 'a')] };
    const engine = await live(session);
    const range = { start: 0, end: 30_000 / rate };
    await engine.control.apply([{ type: 'loop', timelineId, range }]);
    await engine.play(timelineId, 0);
    engine.render(940);
    const [left] = engine.output();
    const samples = file.channels[0] as Float32Array;
    for (const pass of [0, 1, 2, 3]) {
      expect(firstDifference(left.slice(pass * 30_000, (pass + 1) * 30_000), samples)).toBe(-1);
    }
  });

  it('reports a position that follows the clock and wraps with the loop', async () => {
    const file = noiseFile(4, rate, 1, 30_000);
    const engine = await live({ files: [file], clips: [clipOf(file, 'a')] });
    await engine.control.apply([{ type: 'loop', timelineId, range: { start: 0.25, end: 0.5 } }]);
    await engine.play(timelineId, 0.25);
    expect(engine.control.position(timelineId)).toEqual({ playing: true, seconds: 0.25, frame: 12_000 });
    engine.render(110);
    // 110 * 128 frames on, one loop of 12,000 back.
    expect(engine.control.position(timelineId).frame).toBe(12_000 + 110 * quantum - 12_000);
    await engine.control.stop(timelineId);
    engine.render(16);
    expect(engine.control.position(timelineId)).toMatchObject({ playing: false, frame: 14_080 });
  });

  it('falls silent within 128 frames of a stop and of a panic', async () => {
    for (const silence of ['stop', 'panic'] as const) {
      const engine = await live(mixedSession());
      await engine.play(timelineId, 0.3);
      engine.render(20);
      await engine.control[silence](timelineId);
      engine.render(10);
      const [left] = engine.output();
      expect(left.subarray(19 * quantum, 20 * quantum).some((sample) => sample !== 0)).toBe(true);
      expect(left.subarray(21 * quantum).every((sample) => sample === 0)).toBe(true);
    }
  });

  it('gives way to a later command while it waits for pages', async () => {
    const engine = await live(mixedSession());
    const played = engine.control.play(timelineId, 0.3);
    await engine.control.stop(timelineId);
    engine.page();
    await played;
    engine.render(4);
    expect(engine.output()[0].every((sample) => sample === 0)).toBe(true);
  });

  it('records its own output with the frame at which it began', async () => {
    const engine = await live(mixedSession());
    await engine.play(timelineId, 0.3);
    engine.render(10);
    const recording = engine.control.recordOutput(1000);
    engine.render(12);
    const { startFrame, channels } = await recording;
    const [left, right] = engine.output();
    expect(startFrame).toBe(10 * quantum);
    expect(firstDifference(channels[0] as Float32Array, left.slice(startFrame, startFrame + 1000))).toBe(-1);
    expect(firstDifference(channels[1] as Float32Array, right.slice(startFrame, startFrame + 1000))).toBe(-1);
  });

  it('refuses a second recording while one is under way, and takes it afterwards', async () => {
    const engine = await live(mixedSession());
    const first = engine.control.recordOutput(256);
    await expect(engine.control.recordOutput(128)).rejects.toMatchObject({
      message: expect.stringContaining('another recording'),
    });
    engine.render(4);
    expect((await first).channels[0]).toHaveLength(256);
    const next = engine.control.recordOutput(128);
    engine.render(4);
    expect((await next).channels[0]).toHaveLength(128);
  });

  it.each([0, -1, 1.5, Number.NaN, 1e12])('refuses to record %d frames', async (frames) => {
    const engine = await live(mixedSession());
    await expect(engine.control.recordOutput(frames)).rejects.toMatchObject({ report: { code: 2007 } });
  });

  it('plays what hundreds of edits have made, though nothing was rendered from the first of them to the start', async () => {
    const session = mixedSession();
    const engine = await live(session);
    const [file, clip] = [session.files[0] as (typeof session.files)[0], session.clips[0] as (typeof session.clips)[0]];
    for (let edit = 1; edit <= 600; edit++) {
      await engine.control.apply([clipDelta(file, { ...clip, startSeconds: edit / 1000 })]);
    }
    await engine.play(timelineId, 0.5);
    engine.render(500);
    const [left] = engine.output();
    const edited = { ...session, clips: [{ ...clip, startSeconds: 0.6 }, ...session.clips.slice(1)] };
    const [rendered = new Float32Array()] = await offline(edited, 0.5, 1.5);
    const begin = left.findIndex((sample) => sample !== 0);
    // The other clip is entered in its middle: 128 frames of its own rate fade in.
    const [first, settled] = [begin - (begin % quantum), 2 * quantum];
    const heard = left.subarray(first + settled, first + rate);
    expect(firstDifference(heard, rendered.subarray(settled))).toBe(-1);
  });

  it('tells who starts, stops or seeks while more waits than there is room for, and shows nothing that will not be', async () => {
    const engine = await live(mixedSession());
    const full = { report: { name: 'ERR_AUDIO_SUSPENDED' } };
    const fill = async (): Promise<void> => {
      for (let place = 0; place < 10_000; place++) await engine.control.seek(timelineId, place / 1000);
    };
    await expect(fill()).rejects.toMatchObject(full);
    const standing = engine.control.position(timelineId);
    await expect(engine.play(timelineId, 0.3)).rejects.toMatchObject(full);
    await expect(engine.control.stop(timelineId)).rejects.toMatchObject(full);
    await engine.control.scrub(timelineId, 0.7);
    await expect(engine.control.scrub(timelineId, null)).rejects.toMatchObject(full);
    expect(engine.control.position(timelineId)).toEqual(standing);
    engine.render(100);
    expect(engine.control.position(timelineId)).toEqual(standing);
    await engine.play(timelineId, 0.3);
    expect(engine.control.position(timelineId)).toMatchObject({ playing: true, seconds: 0.3 });
  });

  it('takes a panic whatever waits', async () => {
    const engine = await live(mixedSession());
    const loop = (end: number) => engine.control.apply([{ type: 'loop', timelineId, range: { start: 0, end } }]);
    const fill = async (): Promise<void> => {
      for (let end = 1; end < 10_000; end++) await loop(end);
    };
    await expect(fill()).rejects.toMatchObject({ report: { name: 'ERR_ENGINE_LIMIT' } });
    await engine.control.panic();
    engine.render(100);
    await loop(1);
  });

  it('takes clips and files in and out a thousand times without running out of slots', async () => {
    const files = [noiseFile(1, rate, 1, 2000), noiseFile(2, rate, 2, 2000)];
    const engine = await live({ files, clips: [] });
    for (let round = 0; round < 1000; round++) {
      const file = files[round % 2] as (typeof files)[0];
      await engine.control.apply([clipDelta(file, clipOf(file, `clip ${round}`))]);
      await engine.control.apply([{ type: 'removeClip', clipId: `clip ${round}` }]);
      engine.render(1);
      engine.control.collect();
    }
    engine.render(4);
    engine.control.collect();
    expect(engine.control.counters.read('retired')).toBe(0);
    expect(engine.control.memory.memory.buffer.byteLength).toBeLessThan(48 * 1_048_576);
  });
});
