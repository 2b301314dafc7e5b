// What the engine is told: seconds and frames, solo and groups folded in, and not more than needed.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addTestFile, createdBy, openTestSession } from '../session/testing/fixtures.ts';
import type { EngineClip, EngineDelta } from './audio-engine.ts';
import { deriveEngineDeltas, EngineDeltas } from './deltas.ts';

async function setUp(sampleRate = 48_000, frames = 480_000) {
  const opened = await openTestSession();
  const { session, timelineId } = opened;
  const fileId = await addTestFile(session, frames, sampleRate);
  const deltas = new EngineDeltas(session.objects);
  deltas.everything();
  let last: EngineDelta[] = [];
  session.onTransaction((transaction) => {
    last = deltas.follow(transaction);
  });
  const addClip = async (play_position: number): Promise<string> => {
    const reply = await session.dispatch({
      cmd: 'ADD_CLIP',
      timeline_id: timelineId,
      audio_file_id: fileId,
      play_position,
    });
    return createdBy(reply)[0] ?? '';
  };
  const engineClips = (deltas = last): EngineClip[] =>
    deltas.flatMap((delta) => (delta.type === 'clip' ? delta.clip : []));
  return { ...opened, fileId, addClip, engineClips, last: () => last };
}

describe('clips', () => {
  test('beats become seconds, offsets and fades become source frames', async () => {
    const { session, addClip, engineClips } = await setUp();
    const clip_id = await addClip(3);
    await session.dispatch({ cmd: 'TRIM_CLIP', clip_id, start_offset: 0.5, end_offset: 2 });
    await session.dispatch({ cmd: 'SET_CLIP', clip_id, fade_in: 0.25, fade_out: 100, gain: 0.5, pan: -1 });
    expect(engineClips()).toMatchObject([
      {
        id: clip_id,
        startSeconds: 2,
        sourceStart: 24_000,
        sourceFrames: 72_000,
        fadeInFrames: 12_000,
        fadeOutFrames: 72_000,
        gain: 0.5,
        pan: -1,
        muted: false,
      },
    ]);
  });

  test('a new name or colour says nothing to the engine; removal and undo do', async () => {
    const { session, addClip, last } = await setUp();
    const clip_id = await addClip(0);
    await session.dispatch({ cmd: 'SET_CLIP', clip_id, name: 'x', color: 3 });
    expect(last()).toEqual([]);
    await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [clip_id] });
    expect(last()).toEqual([{ type: 'removeClip', clipId: clip_id }]);
    await session.dispatch({ cmd: 'UNDO' });
    expect(last()).toMatchObject([{ type: 'clip', clip: { id: clip_id } }]);
  });

  test('both halves of a split meet to the frame, at any rate and place, with positions in beats', async () => {
    const cases = fc.record({
      rate: fc.constantFrom(8_000, 44_100, 48_000, 96_000),
      bpm: fc.double({ min: 10, max: 999, noNaN: true }),
      play: fc.integer({ min: 0, max: 16 * 5000 }).map((sixteenths) => sixteenths / 4),
      cut: fc.double({ min: 0.01, max: 0.99, noNaN: true }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ rate, bpm, play, cut }) => {
        const { session, addClip, engineClips } = await setUp(rate, rate * 10);
        await session.dispatch({ cmd: 'SET_TEMPO', bpm });
        const clip_id = await addClip(play);
        const position = play + (cut * 10 * bpm) / 60;
        const reply = await session.dispatch({ cmd: 'SPLIT_CLIP', clip_id, position });
        expect(reply.ok).toBe(true);
        const [second, first] = engineClips().toSorted((a, b) => b.sourceStart - a.sourceStart);
        const startFrame = (clip: EngineClip | undefined): number => Math.round((clip?.startSeconds ?? 0) * rate);
        expect(second?.sourceStart).toBe((first?.sourceStart ?? 0) + (first?.sourceFrames ?? 0));
        expect(startFrame(second) - startFrame(first)).toBe(first?.sourceFrames);
        expect((first?.sourceFrames ?? 0) + (second?.sourceFrames ?? 0)).toBe(rate * 10);
      }),
      { numRuns: 100 },
    );
  });

  test('a clip that could not be stored is taken out again', async () => {
    const { session, store, addClip, last, fileId, timelineId } = await setUp();
    await addClip(0);
    store.append = () => Promise.reject(new Error('disk'));
    const add = { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId, play_position: 1 } as const;
    expect((await session.dispatch({ ...add, solo: true })).ok).toBe(false);
    expect(last()).toMatchObject([{ type: 'removeClip' }, { type: 'clip', clip: { muted: false } }]);
  });
});

test('a clip that comes, and one that goes, is all the engine hears of', async () => {
  const { session, timelineId, fileId, addClip, engineClips, last } = await setUp();
  await addClip(0);
  const second = await addClip(1);
  expect(engineClips().map(({ id }) => id)).toEqual([second]);
  await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [second] });
  expect(last()).toHaveLength(1);
  await session.dispatch({ cmd: 'UNDO' });
  expect(engineClips().map(({ id }) => id)).toEqual([second]);
  const add = { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: fileId, play_position: 2 } as const;
  await session.dispatch({ cmd: 'BATCH', commands: [{ ...add, solo: true }, { ...add, solo: true }, add] });
  expect(engineClips().map(({ muted }) => muted)).toEqual([false, false, true, true, true]);
});

describe('solo and groups', () => {
  test('solo silences the others of its timeline, and only as long as it is there', async () => {
    const { session, addClip, engineClips } = await setUp();
    const [a, b] = [await addClip(0), await addClip(4)];
    const silent = (): string[] => engineClips().flatMap(({ id, muted }) => (muted ? id : []));
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: a, solo: true });
    expect(engineClips()).toHaveLength(2);
    expect(silent()).toEqual([b]);
    await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [a] });
    expect(engineClips()).toHaveLength(1);
    expect(silent()).toEqual([]);
    await session.dispatch({ cmd: 'UNDO' });
    expect(silent()).toEqual([b]);
  });

  test("a group's gain multiplies, its mute mutes, its solo covers all its clips", async () => {
    const { session, addClip, engineClips, timelineId } = await setUp();
    const [inside, outside] = [await addClip(0), await addClip(4)];
    const reply = await session.dispatch({ cmd: 'CREATE_GROUP', timeline_id: timelineId, name: 'A' });
    const [group = ''] = createdBy(reply);
    await session.dispatch({ cmd: 'GROUP_CLIPS', clip_ids: [inside], group_id: group });
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: inside, gain: 0.5 });
    await session.dispatch({ cmd: 'SET_OBJECT', id: group, properties: { gain: 0.5, muted: true } });
    expect(engineClips()).toMatchObject([{ id: inside, gain: 0.25, muted: true }]);
    await session.dispatch({ cmd: 'SET_OBJECT', id: group, properties: { muted: false, solo: true } });
    expect(new Map(engineClips().map(({ id, muted }) => [id, muted]))).toEqual(
      new Map([
        [inside, false],
        [outside, true],
      ]),
    );
  });
});

describe('timelines', () => {
  test('a new tempo moves every clip and the loop', async () => {
    const { session, addClip, last, engineClips, timelineId } = await setUp();
    await addClip(8);
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 4, end: 8 } });
    expect(last()).toEqual([{ type: 'loop', timelineId, range: { start: 2, end: 4 } }]);
    await session.dispatch({ cmd: 'SET_TEMPO', bpm: 60 });
    expect(engineClips()).toMatchObject([{ startSeconds: 8 }]);
    expect(last().at(-1)).toEqual({ type: 'loop', timelineId, range: { start: 4, end: 8 } });
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: null });
    expect(last()).toEqual([{ type: 'loop', timelineId, range: null }]);
  });

  test('a removed timeline takes its clips along', async () => {
    const { session, addClip, last, timelineId } = await setUp();
    const clip = await addClip(8);
    await session.dispatch({ cmd: 'REMOVE_OBJECT', id: timelineId });
    expect(last()).toEqual([
      { type: 'removeClip', clipId: clip },
      { type: 'removeTimeline', timelineId },
    ]);
  });

  test('what transactions tell one by one equals what everything tells at the end', async () => {
    const { session, addClip, timelineId } = await setUp();
    const known = new Map<string, EngineClip>();
    const told = new EngineDeltas(session.objects);
    session.onTransaction((transaction) => {
      for (const delta of told.follow(transaction)) {
        if (delta.type === 'clip') known.set(delta.clip.id, delta.clip);
        if (delta.type === 'removeClip') known.delete(delta.clipId);
      }
    });
    const [a, b, c] = [await addClip(0), await addClip(4), await addClip(9)];
    const reply = await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'B', type: 'audio', timebase: 'seconds' });
    const [other = ''] = createdBy(reply);
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: a, solo: true });
    await session.dispatch({ cmd: 'MOVE_CLIP', clip_id: a, play_position: 1, timeline_id: other });
    await session.dispatch({ cmd: 'SPLIT_CLIP', clip_id: b, position: 7 });
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: timelineId, bpm: 97 });
    await session.dispatch({ cmd: 'MOVE_CLIP', clip_id: c, play_position: 3, timeline_id: other });
    for (let step = 0; step < 3; step++) await session.dispatch({ cmd: 'UNDO' });
    await session.dispatch({ cmd: 'REDO' });
    const all = deriveEngineDeltas(session.objects);
    expect(known).toEqual(
      new Map(all.flatMap((delta) => (delta.type === 'clip' ? [[delta.clip.id, delta.clip]] : []))),
    );
    expect(known.size).toBe(4);
  });
});
