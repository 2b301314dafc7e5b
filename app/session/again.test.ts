// Commands that are sent again because nobody knows whether an earlier session got them: they happen exactly once.
import { expect, test } from 'vitest';
import type { AppState } from '../protocol/state.ts';
import { createdBy, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

const markers = ({ objects }: AppState): number[] =>
  Object.values(objects).flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []));

test('the id of a request becomes that of its transaction', async () => {
  const store = new MemoryStore();
  const { session, timelineId } = await openTestSession({ store });
  const id = testId(1, 77);
  const command = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 3 } as const;
  const [marker = ''] = createdBy(await session.dispatch(command, { id, again: false }));
  expect((await store.transaction(id))?.changes.map(({ objectId }) => objectId)).toContain(marker);
});

test('what the store has is answered as before and not done twice, by the next session and the one after', async () => {
  const store = new MemoryStore();
  const first = await openTestSession({ store });
  const command = { cmd: 'ADD_MARKER', timeline_id: first.timelineId, time: 3, reqId: 'mine' } as const;
  const request = { id: testId(2, 77), again: false };
  const reply = await first.session.dispatch(command, request);
  for (let round = 0; round < 2; round++) {
    const { session } = await openTestSession({ store });
    const repeated = await session.dispatch(command, { ...request, again: true });
    expect(createdBy(repeated)).toEqual(createdBy(reply));
    expect(repeated).toMatchObject({ ok: true, reqId: 'mine', revId: session.getState().meta.revisionId });
    expect(markers(session.getState())).toEqual([3]);
  }
});

test('what the store does not have is done when it comes again, and once', async () => {
  const { session, timelineId } = await openTestSession();
  const command = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 3 } as const;
  const request = { id: testId(3, 77), again: true };
  const reply = await session.dispatch(command, request);
  expect(await session.dispatch(command, request)).toMatchObject({ ok: true, created: createdBy(reply) });
  expect(markers(session.getState())).toEqual([3]);
});

test('an undo and a redo that come again are not carried out twice', async () => {
  const store = new MemoryStore();
  const first = await openTestSession({ store });
  for (const time of [1, 2, 3]) {
    await first.session.dispatch({ cmd: 'ADD_MARKER', timeline_id: first.timelineId, time });
  }
  const [undo, redo] = [testId(4, 77), testId(5, 77)];
  await first.session.dispatch({ cmd: 'UNDO' }, { id: undo, again: false });
  await first.session.dispatch({ cmd: 'UNDO' });
  await first.session.dispatch({ cmd: 'REDO' }, { id: redo, again: false });
  const { session } = await openTestSession({ store });
  expect(await session.dispatch({ cmd: 'UNDO' }, { id: undo, again: true })).toMatchObject({ ok: true });
  expect(await session.dispatch({ cmd: 'REDO' }, { id: redo, again: true })).toMatchObject({ ok: true });
  expect(markers(session.getState())).toEqual([1, 2]);
});

test('commands that come again keep their order among those that come for the first time', async () => {
  const { session, timelineId } = await openTestSession();
  const marker = (time: number) => ({ cmd: 'ADD_MARKER', timeline_id: timelineId, time }) as const;
  const replies = await Promise.all([
    session.dispatch(marker(1), { id: testId(6, 77), again: true }),
    session.dispatch(marker(2), { id: testId(7, 77), again: true }),
    session.dispatch(marker(3)),
    session.dispatch({ cmd: 'UNDO' }),
  ]);
  expect(replies).toMatchObject(replies.map(() => ({ ok: true })));
  expect(markers(session.getState())).toEqual([1, 2]);
});

test('a script that comes again is not run twice when its step is there', async () => {
  const store = new MemoryStore();
  let runs = 0;
  const open = async () => {
    const opened = await openTestSession({
      store,
      async scripts(_script, id) {
        runs++;
        const { session, timelineId } = opened;
        const marker = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1 } as const;
        await session.dispatch(
          { cmd: 'BATCH', commands: [marker] },
          id === undefined ? undefined : { id, again: false },
        );
      },
    });
    return opened.session;
  };
  const script = { cmd: 'RUN_SCRIPT', source: 'one marker' } as const;
  const request = { id: testId(8, 77), again: false };
  expect(await (await open()).dispatch(script, request)).toMatchObject({ ok: true });
  const next = await open();
  expect(await next.dispatch(script, { ...request, again: true })).toMatchObject({ ok: true });
  expect(runs).toBe(1);
  expect(markers(next.getState())).toEqual([1]);
});
