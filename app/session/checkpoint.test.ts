// Starting from a checkpoint of the history: the same stacks as from the whole log, however deep they are.
import { expect, test } from 'vitest';
import { createdBy, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

const edits = 12_000;

async function editedStore(store: MemoryStore, author: string): Promise<string> {
  const { session, timelineId } = await openTestSession({ store, author });
  const [groupId = ''] = createdBy(
    await session.dispatch({ cmd: 'CREATE_GROUP', timeline_id: timelineId, name: 'Lane' }),
  );
  const replies = Array.from({ length: edits }, (_, index) =>
    session.dispatch({ cmd: 'SET_OBJECT', id: groupId, properties: { gain: (index + 1) / edits } }),
  );
  expect((await Promise.all(replies)).every(({ ok }) => ok)).toBe(true);
  return groupId;
}

const gainOf = (session: { getState(): { objects: object } }, id: string): unknown =>
  (session.getState().objects as Record<string, { gain?: unknown }>)[id]?.gain;

test('12,000 steps are undone and done again after a start that read only the newest of them', async () => {
  const store = new MemoryStore();
  const groupId = await editedStore(store, testId(1));
  const loaded = await store.load();
  expect(loaded.transactions.length).toBeLessThan(2000);
  expect(loaded.checkpoint?.undo.steps.length).toBeLessThanOrEqual(2000);

  const { session } = await openTestSession({ store, author: testId(1) });
  expect(session.getState().history).toMatchObject({ undoDepth: edits + 1, redoDepth: 0 });
  for (let step = edits; step > 0; step--) {
    expect(gainOf(session, groupId)).toBe(step / edits);
    expect((await session.dispatch({ cmd: 'UNDO' })).ok).toBe(true);
  }
  expect(gainOf(session, groupId)).toBe(1);
  expect(session.getState().history).toMatchObject({ undoDepth: 1, redoDepth: edits });

  const { session: again } = await openTestSession({ store, author: testId(1) });
  expect(again.getState().history).toEqual(session.getState().history);
  for (let step = 1; step <= edits; step++) await again.dispatch({ cmd: 'REDO' });
  expect(gainOf(again, groupId)).toBe(1);
  expect(again.getState().history).toMatchObject({ undoDepth: edits + 1, redoDepth: 0 });
});

test('a checkpoint of one author is of no use to another, who has nothing to undo', async () => {
  const store = new MemoryStore();
  const groupId = await editedStore(store, testId(1));
  const { session } = await openTestSession({ store, author: testId(2) });
  expect(session.getState().history.undoDepth).toBe(0);
  expect((await session.dispatch({ cmd: 'UNDO' })).ok).toBe(false);
  await session.dispatch({ cmd: 'SET_OBJECT', id: groupId, properties: { gain: 2 } });
  expect((await session.dispatch({ cmd: 'UNDO' })).ok).toBe(true);
  expect(gainOf(session, groupId)).toBe(1);
});

test('what somebody else changed after a checkpoint’s steps stays when those are undone', async () => {
  const store = new MemoryStore();
  const groupId = await editedStore(store, testId(1));
  const { session: other } = await openTestSession({ store, author: testId(2) });
  await other.dispatch({ cmd: 'SET_OBJECT', id: groupId, properties: { gain: 3 } });
  const { session } = await openTestSession({ store, author: testId(1) });
  for (let step = 0; step < 3000; step++) await session.dispatch({ cmd: 'UNDO' });
  expect(gainOf(session, groupId)).toBe(3);
  expect(session.getState().history.undoDepth).toBe(edits + 1 - 3000);
});
