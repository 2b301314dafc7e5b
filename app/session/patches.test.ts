// Patches: one per revision, without gaps, and together they make a snapshot into the next.
import jsonPatch, { type Operation } from 'fast-json-patch';
import { expect, test } from 'vitest';
import type { StatePatch } from '../protocol/state.ts';
import { addTestFile, createdBy, openTestSession } from './testing/fixtures.ts';

test('a snapshot and its patches give the state, through edits, transport, undo and removal', async () => {
  const { session, timelineId, transport } = await openTestSession();
  const snapshot = structuredClone(session.getState());
  const patches: StatePatch[] = [];
  session.onPatch((patch) => patches.push(structuredClone(patch)));

  const file = await addTestFile(session);
  const reply = await session.dispatch({
    cmd: 'ADD_CLIP',
    timeline_id: timelineId,
    audio_file_id: file,
    play_position: 2,
  });
  const [clip = ''] = createdBy(reply);
  await session.dispatch({ cmd: 'SPLIT_CLIP', clip_id: clip, position: 4 });
  await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timelineId });
  await session.dispatch({ cmd: 'SET_MASTER_GAIN', gain: 0.5 });
  await session.dispatch({ cmd: 'SET_TEMPO', bpm: 90 });
  await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timelineId, loop: { start: 0, end: 4 } });
  transport.positions.set(timelineId, 3);
  await session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: timelineId });
  await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'B', type: 'audio', timebase: 'seconds' });
  await session.dispatch({ cmd: 'REMOVE_OBJECT', id: timelineId });
  await session.dispatch({ cmd: 'UNDO' });
  await session.dispatch({ cmd: 'UNDO' });
  await session.dispatch({ cmd: 'REDO' });

  const first = snapshot.meta.revisionId + 1;
  expect(patches.map(({ revId }) => revId)).toEqual(patches.map((_patch, index) => first + index));
  const result = jsonPatch.applyPatch(
    snapshot,
    patches.flatMap(({ ops }) => structuredClone(ops)) as Operation[],
    true,
  );
  expect(result.newDocument).toEqual(session.getState());
  expect(session.getState().meta.savedRevisionId).toBe(session.getState().meta.revisionId);
});

test('the saved revision stays behind until the disk has everything before it', async () => {
  const { session, timelineId } = await openTestSession();
  const saved: [revision: number, saved: number][] = [];
  const start = session.getState().meta.revisionId;
  session.onPatch(() => {
    const { revisionId, savedRevisionId } = session.getState().meta;
    saved.push([revisionId - start, savedRevisionId - start]);
  });
  await Promise.all([1, 2].map((time) => session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time })));
  expect(saved).toEqual([
    [1, 0],
    [2, 0],
    [3, 1],
    [4, 4],
  ]);
});

test('a listener that throws disturbs neither the command nor other listeners', async () => {
  const { session, timelineId } = await openTestSession();
  const thrown: unknown[] = [];
  const catchThrown = (error: unknown): void => void thrown.push(error);
  const others = process.listeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', catchThrown);
  let told = 0;
  session.onPatch(() => {
    throw new Error('listener');
  });
  const unsubscribe = session.onPatch(() => told++);
  expect(await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1 })).toMatchObject({ ok: true });
  unsubscribe();
  await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 2 });
  await new Promise((resolve) => setImmediate(resolve));
  process.off('uncaughtException', catchThrown);
  for (const listener of others) process.on('uncaughtException', listener);
  expect(told).toBe(2);
  expect(thrown).toHaveLength(4);
});
