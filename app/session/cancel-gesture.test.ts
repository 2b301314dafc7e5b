// A gesture that is given up: everything is as if it had not begun, what could be redone included.
import { expect, test } from 'vitest';
import { addTestFile, createdBy, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

const gesture = testId(1, 77);
const cancel = { cmd: 'CANCEL_GESTURE', gesture } as const;

/** Two clips of different pan, and a step that can be redone. */
async function undoneSession() {
  const store = new MemoryStore();
  const { session, timelineId } = await openTestSession({ store });
  const audio_file_id = await addTestFile(session);
  const add = { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id } as const;
  const commands = [0, 1 / 3].map((pan, index) => ({ ...add, play_position: index, pan }));
  const [first = '', second = ''] = createdBy(await session.dispatch({ cmd: 'BATCH', commands }));
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: first, name: 'Redone' });
  await session.dispatch({ cmd: 'UNDO' });
  return { store, session, timelineId, first, second, before: session.getState() };
}

test('what it changed is as before to the last bit, whatever else its edits brought along', async () => {
  const { session, store, first, second, before } = await undoneSession();
  for (const pan of [0.1, 0.2]) {
    const commands = [first, second].map((clip_id) => ({ cmd: 'SET_CLIP', clip_id, pan, stretch_ratio: 2 }) as const);
    await session.dispatch({ cmd: 'BATCH', gesture, commands });
  }
  expect(session.objects.get(first)).toMatchObject({ pan: 0.2, stretch_algo: 'bungee' });
  expect(await session.dispatch(cancel)).toMatchObject({ ok: true });
  expect(session.getState().objects).toEqual(before.objects);
  expect(session.getState().history).toEqual(before.history);
  const { session: reloaded } = await openTestSession({ store });
  expect(reloaded.getState().objects).toEqual(before.objects);
  expect(reloaded.getState().history).toEqual(before.history);
  await reloaded.dispatch({ cmd: 'REDO' });
  expect(reloaded.objects.get(first)).toMatchObject({ name: 'Redone' });
});

test('what it made is gone, what it removed is there again', async () => {
  const { session, timelineId, first, before } = await undoneSession();
  const add = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1 } as const;
  await session.dispatch({ cmd: 'BATCH', gesture, commands: [add, { cmd: 'REMOVE_CLIPS', clip_ids: [first] }] });
  await session.dispatch(cancel);
  expect(session.getState().objects).toEqual(before.objects);
  expect(session.getState().history).toEqual(before.history);
});

test('one that changed nothing, or is over, or is followed by another step, is none to give up', async () => {
  const { session, first, second, before } = await undoneSession();
  expect(await session.dispatch(cancel)).toMatchObject({ ok: true });
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: first, gesture, pan: 0 });
  expect(await session.dispatch(cancel)).toMatchObject({ ok: true });
  expect(session.getState().history).toEqual(before.history);
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: first, gesture, gain: 2 });
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: second, gain: 3 });
  const { history, objects } = session.getState();
  expect(await session.dispatch(cancel)).toMatchObject({ ok: true });
  expect(session.getState()).toMatchObject({ history, objects });
  await session.dispatch({ cmd: 'UNDO' });
  await session.dispatch({ cmd: 'UNDO' });
  expect(await session.dispatch(cancel)).toMatchObject({ ok: true });
  expect(session.getState().history).toMatchObject({ redoDepth: 2 });
});

test('what others changed meanwhile stays', async () => {
  const { session, first, before } = await undoneSession();
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: first, gesture, gain: 2, pan: 1 });
  await session.performPlayed([{ cmd: 'SET_CLIP', clip_id: first, gain: 3 }]);
  await session.dispatch(cancel);
  expect(session.objects.get(first)).toMatchObject({ gain: 3, pan: 0 });
  expect(session.getState().history).toEqual(before.history);
});
