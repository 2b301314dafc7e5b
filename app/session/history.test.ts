// Undo and redo: to any depth, over reloads, and without overwriting what others did since.
import { describe, expect, test } from 'vitest';
import { addTestFile, createdBy, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

async function sessionWithClip(store = new MemoryStore()) {
  const opened = await openTestSession({ store });
  const file = await addTestFile(opened.session);
  const reply = await opened.session.dispatch({
    cmd: 'ADD_CLIP',
    timeline_id: opened.timelineId,
    audio_file_id: file,
    play_position: 0,
  });
  return { ...opened, store, clipId: createdBy(reply)[0] ?? '' };
}

describe('undo and redo', () => {
  test('a thousand steps back and forth, with a reload in between', async () => {
    const { session, store, clipId } = await sessionWithClip();
    for (let step = 1; step <= 1000; step++) {
      await session.dispatch({ cmd: 'MOVE_CLIP', clip_id: clipId, play_position: step });
    }
    for (let step = 0; step < 500; step++) await session.dispatch({ cmd: 'UNDO' });
    expect(session.objects.get(clipId)).toMatchObject({ play_position: 500 });
    const { session: reloaded } = await openTestSession({ store });
    expect(reloaded.getState().history).toEqual(session.getState().history);
    expect(reloaded.getState().history).toMatchObject({ undoDepth: 502, redoDepth: 500, undoLabel: 'Move clip' });
    for (let step = 0; step < 500; step++) await reloaded.dispatch({ cmd: 'REDO' });
    expect(reloaded.objects.get(clipId)).toMatchObject({ play_position: 1000 });
    expect(await reloaded.dispatch({ cmd: 'REDO' })).toMatchObject({ ok: false, error: { code: 4006 } });
    for (let step = 0; step < 1002; step++) expect((await reloaded.dispatch({ cmd: 'UNDO' })).ok).toBe(true);
    expect(reloaded.objects.get(clipId)).toBeUndefined();
    expect(await reloaded.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: false, error: { code: 4005 } });
  });

  test('a new edit ends what could be redone', async () => {
    const { session, clipId } = await sessionWithClip();
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 0.5 });
    await session.dispatch({ cmd: 'UNDO' });
    expect(session.getState().history).toMatchObject({ redoLabel: 'Change clip gain', redoDepth: 1 });
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, pan: 1 });
    expect(session.getState().history).toMatchObject({ redoLabel: null, redoDepth: 0 });
  });

  test('an edit that changes nothing makes no step', async () => {
    const { session, clipId } = await sessionWithClip();
    const before = session.getState();
    expect(await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 1 })).toMatchObject({ ok: true });
    expect(session.getState()).toEqual(before);
  });

  test('commands sent without waiting happen in their order', async () => {
    const { session, clipId } = await sessionWithClip();
    const replies = await Promise.all([
      session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 2 }),
      session.dispatch({ cmd: 'UNDO' }),
      session.dispatch({ cmd: 'UNDO' }),
      session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 3 }),
      session.dispatch({ cmd: 'REDO' }),
      session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 4 }),
    ]);
    expect(replies.map(({ ok }) => ok)).toEqual([true, true, true, false, true, true]);
    expect(session.getState().history).toMatchObject({ undoDepth: 3, redoDepth: 0 });
    expect(session.objects.get(clipId)).toMatchObject({ gain: 4 });
  });

  test('what was removed leaves the memory; its id stays taken, and undoing brings it back, also after a reload', async () => {
    const { session, store, clipId, timelineId } = await sessionWithClip();
    const clip = session.objects.get(clipId);
    const audio_file_id = clip?.kind === 'AudioClipAtome' ? clip.audio_file_id : '';
    const again = { cmd: 'ADD_CLIP', id: clipId, timeline_id: timelineId, audio_file_id, play_position: 2 } as const;
    await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [clipId] });
    for (const open of [session, (await openTestSession({ store })).session]) {
      expect(open.objects.removed(clipId)).toBeUndefined();
      expect(await open.dispatch(again)).toMatchObject({ ok: false, error: { code: 4004 } });
      await open.dispatch({ cmd: 'UNDO' });
      expect(open.objects.get(clipId)).toEqual(clip);
      expect(await open.dispatch(again)).toMatchObject({ ok: false, error: { code: 4004 } });
      await open.dispatch({ cmd: 'REDO' });
      expect(open.objects.get(clipId) ?? open.objects.removed(clipId)).toBeUndefined();
    }
  });

  test('history tells every value a property had', async () => {
    const { session, clipId } = await sessionWithClip();
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 2 });
    await session.dispatch({ cmd: 'UNDO' });
    const versions = await session.history(clipId, 'gain');
    expect(versions.map(({ value }) => value)).toEqual([1, 2, 1]);
    const [first, second] = versions.map(({ transactionId }) => transactionId);
    expect(versions.map(({ parent }) => parent)).toEqual([null, first, second]);
    expect(versions.map(({ author }) => author)).toEqual([testId(1), testId(1), testId(1)]);
  });
});

describe('somebody else', () => {
  test('is not undone, and what they changed since stays', async () => {
    const { session, store, clipId } = await sessionWithClip();
    await session.dispatch({
      cmd: 'BATCH',
      commands: [
        { cmd: 'SET_CLIP', clip_id: clipId, gain: 2, pan: 1 },
        { cmd: 'MOVE_CLIP', clip_id: clipId, play_position: 7 },
      ],
    });
    const { session: theirs } = await openTestSession({ store, author: testId(2) });
    expect(theirs.getState().history.undoDepth).toBe(0);
    await theirs.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gain: 3 });
    await theirs.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, pan: -1 });
    await theirs.dispatch({ cmd: 'UNDO' });

    const { session: mine } = await openTestSession({ store });
    expect(mine.getState().history).toMatchObject({ undoDepth: 3, undoLabel: 'Several changes' });
    await mine.dispatch({ cmd: 'UNDO' });
    expect(mine.objects.get(clipId)).toMatchObject({ gain: 3, pan: 0, play_position: 0 });
    await mine.dispatch({ cmd: 'REDO' });
    expect(mine.objects.get(clipId)).toMatchObject({ gain: 3, pan: 1, play_position: 7 });
  });

  test('keeps what their objects stand on: the rest of the step is undone', async () => {
    const store = new MemoryStore();
    const { session } = await openTestSession({ store });
    const file = await addTestFile(session);
    const made = createdBy(
      await session.dispatch({
        cmd: 'BATCH',
        commands: [
          { cmd: 'CREATE_TIMELINE', name: 'A', type: 'audio', timebase: 'seconds' },
          { cmd: 'CREATE_TIMELINE', name: 'B', type: 'audio', timebase: 'seconds' },
        ],
      }),
    );
    const [a = '', b = ''] = made;
    const { session: theirs } = await openTestSession({ store, author: testId(2) });
    await theirs.dispatch({ cmd: 'ADD_CLIP', timeline_id: a, audio_file_id: file, play_position: 0 });
    const { session: mine } = await openTestSession({ store });
    await mine.dispatch({ cmd: 'UNDO' });
    expect(mine.objects.get(a)).toMatchObject({ name: 'A' });
    expect(mine.objects.get(b)).toBeUndefined();
    await mine.dispatch({ cmd: 'UNDO' });
    expect(mine.objects.get(file)).toMatchObject({ kind: 'AudioFileAtome' });
  });
});

test('the steps nearest to now are listed, newest first, with when they were done', async () => {
  const { session, timelineId } = await openTestSession();
  for (const time of [1, 2, 3, 4]) await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time });
  await session.dispatch({ cmd: 'SET_TEMPO', bpm: 90 });
  await session.dispatch({ cmd: 'UNDO' });
  await session.dispatch({ cmd: 'UNDO' });
  expect(session.steps(2)).toEqual([
    { label: 'Change tempo', depth: 5, undone: true, time: expect.any(Number) },
    { label: 'Add marker', depth: 4, undone: true, time: expect.any(Number) },
    { label: 'Add marker', depth: 3, undone: false, time: expect.any(Number) },
    { label: 'Add marker', depth: 2, undone: false, time: expect.any(Number) },
  ]);
  const times = session.steps(9).map(({ time }) => time);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});

describe('edits of one gesture', () => {
  const gesture = testId(1, 77);

  test('are one step: undone to before the first, redone to the last, also after a reload', async () => {
    const { session, store, clipId } = await sessionWithClip();
    const { undoDepth } = session.getState().history;
    for (const gain of [0.9, 0.8, 0.7]) await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gesture, gain });
    const commands = [{ cmd: 'SET_CLIP', clip_id: clipId, pan: 1 }] as const;
    await session.dispatch({ cmd: 'BATCH', gesture, commands });
    expect(session.getState().history).toMatchObject({ undoDepth: undoDepth + 1 });
    await session.dispatch({ cmd: 'UNDO' });
    expect(session.objects.get(clipId)).toMatchObject({ gain: 1, pan: 0 });
    const { session: reloaded } = await openTestSession({ store });
    expect(reloaded.getState().history).toEqual(session.getState().history);
    await reloaded.dispatch({ cmd: 'REDO' });
    expect(reloaded.objects.get(clipId)).toMatchObject({ gain: 0.7, pan: 1 });
    await reloaded.dispatch({ cmd: 'UNDO' });
    expect(reloaded.objects.get(clipId)).toMatchObject({ gain: 1, pan: 0 });
    const values = (await reloaded.history(clipId, 'gain')).map(({ value }) => value);
    expect(values).toEqual([1, 0.9, 0.8, 0.7, 1, 0.7, 1]);
  });

  test('that end where they began leave no step', async () => {
    const { session, store, clipId } = await sessionWithClip();
    const { history } = session.getState();
    for (const gain of [0.9, 0.8, 1]) await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gesture, gain });
    expect(session.getState().history).toEqual(history);
    const { session: reloaded } = await openTestSession({ store });
    expect(reloaded.getState().history).toEqual(history);
  });

  test('that end where they began leave what could be redone, also after a reload', async () => {
    const { session, store, clipId } = await sessionWithClip();
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, pan: 1 });
    await session.dispatch({ cmd: 'UNDO' });
    const { history } = session.getState();
    expect(history).toMatchObject({ redoDepth: 1 });
    const drag = (gain: number) => session.dispatch({ cmd: 'SET_CLIP', clip_id: clipId, gesture, gain });
    for (const gain of [0.9, 0.8]) await drag(gain);
    expect(session.getState().history).toMatchObject({ redoDepth: 0 });
    await drag(1);
    expect(session.getState().history).toEqual(history);
    const { session: reloaded } = await openTestSession({ store });
    expect(reloaded.getState().history).toEqual(history);
    await reloaded.dispatch({ cmd: 'REDO' });
    expect(reloaded.objects.get(clipId)).toMatchObject({ gain: 1, pan: 1 });
  });

  test('that make something and remove it again leave no step', async () => {
    const { session, timelineId, clipId } = await sessionWithClip();
    const { history } = session.getState();
    const add = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1 } as const;
    const reply = await session.dispatch({ cmd: 'BATCH', gesture, commands: [add] });
    const [id = ''] = createdBy(reply);
    await session.dispatch({ cmd: 'BATCH', gesture, commands: [{ cmd: 'SET_OBJECT', id, properties: { time: 2 } }] });
    await session.dispatch({ cmd: 'BATCH', gesture, commands: [{ cmd: 'REMOVE_OBJECT', id }] });
    expect(session.getState().history).toEqual(history);
    await session.dispatch({ cmd: 'BATCH', gesture, commands: [add] });
    await session.dispatch({ cmd: 'SET_CLIP', gesture, clip_id: clipId, gain: 2 });
    expect(session.getState().history).toMatchObject({ undoDepth: history.undoDepth + 1 });
    await session.dispatch({ cmd: 'UNDO' });
    expect([...session.objects.ofKind('TimelineMarkerAtome')]).toEqual([]);
    await session.dispatch({ cmd: 'REDO' });
    expect([...session.objects.ofKind('TimelineMarkerAtome')]).toMatchObject([{ time: 1 }]);
  });

  test('are several steps when others come between: another gesture, an undo, somebody else’s value', async () => {
    const { session, clipId } = await sessionWithClip();
    const depth = () => session.getState().history.undoDepth;
    const start = depth();
    const set = (gain: number, id = gesture) =>
      session.dispatch({ cmd: 'SET_OBJECT', id: clipId, properties: { gain }, gesture: id });
    await set(0.9);
    await set(0.8, testId(2, 77));
    await set(0.7);
    expect(depth()).toBe(start + 3);
    await session.dispatch({ cmd: 'UNDO' });
    await set(0.6);
    expect(depth()).toBe(start + 3);
    await session.performPlayed([{ cmd: 'SET_CLIP', clip_id: clipId, pan: 1 }]);
    await set(0.5);
    expect(depth()).toBe(start + 3);
    await session.performPlayed([{ cmd: 'SET_CLIP', clip_id: clipId, gain: 3 }]);
    await set(0.4);
    expect(depth()).toBe(start + 4);
    await session.dispatch({ cmd: 'UNDO' });
    expect(session.objects.get(clipId)).toMatchObject({ gain: 3, pan: 1 });
  });
});
