// A disk that fails: the session ends up as what is on disk, and every sender hears of it.
import { expect, test } from 'vitest';
import { AtomeError } from '../protocol/errors.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import { loadWhole } from '../storage/load-whole.fixture.ts';
import { addTestFile, createdBy, openTestSession } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';

/** Refuses a write in which the turn of one transaction is in `failures`. */
class FullStore extends MemoryStore {
  readonly failures = new Map<number, Error>();
  #appends = 0;

  get appends(): number {
    return this.#appends;
  }

  override async append(transactions: readonly TransactionRecord[]): Promise<void> {
    const turns = [...transactions.keys()].map((turn) => this.#appends + turn);
    this.#appends += turns.length;
    for (const turn of turns) {
      const failure = this.failures.get(turn);
      if (failure) throw failure;
    }
    await super.append(transactions);
  }
}

async function setUp() {
  const store = new FullStore();
  const opened = await openTestSession({ store });
  const file = await addTestFile(opened.session);
  const add = { cmd: 'ADD_CLIP', timeline_id: opened.timelineId, audio_file_id: file } as const;
  return { ...opened, store, add };
}

test('a failed edit and all that came after it are taken back, and told to every listener', async () => {
  const { session, store, add, timelineId } = await setUp();
  const [kept = ''] = createdBy(await session.dispatch({ ...add, play_position: 1 }));
  await session.dispatch({ cmd: 'SET_CLIP', clip_id: kept, gain: 2 });
  await session.dispatch({ cmd: 'UNDO' });
  const before = session.getState();
  const transactions: TransactionRecord[] = [];
  session.onTransaction((transaction) => transactions.push(transaction));
  store.failures.set(store.appends + 1, new AtomeError('ERR_DISK_FULL'));

  const replies = await Promise.all([
    session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 3 }),
    session.dispatch({ ...add, play_position: 2, reqId: 'second' }),
    session.dispatch({ cmd: 'SET_CLIP', clip_id: kept, gain: 3 }),
    session.dispatch({ cmd: 'UNDO' }),
  ]);
  expect(replies.map(({ ok }) => ok)).toEqual([true, false, false, false]);
  expect(replies[1]).toMatchObject({ reqId: 'second', error: { code: 1001, reqId: 'second' } });
  expect([...session.objects.clipsOf(timelineId)]).toHaveLength(1);
  expect(session.objects.get(kept)).toEqual(before.objects[kept]);
  expect(transactions).toHaveLength(4 + 3);

  const after = session.getState();
  expect(after.meta.savedRevisionId).toBe(after.meta.revisionId);
  expect(after.history).toMatchObject({ undoLabel: 'Add marker', redoDepth: 0 });
  const { session: reloaded } = await openTestSession({ store });
  expect(reloaded.getState().objects).toEqual(after.objects);
  expect(reloaded.getState().history).toEqual(after.history);
});

test('what waits for the disk goes there in one write', async () => {
  const { session, store, timelineId } = await setUp();
  const groups: number[] = [];
  const append = store.append.bind(store);
  store.append = (transactions) => {
    groups.push(transactions.length);
    return append(transactions);
  };
  const times = Array.from({ length: 300 }, (_, time) => time);
  await Promise.all(times.map((time) => session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time })));
  expect(groups).toEqual([1, 256, 43]);
  const { session: reloaded } = await openTestSession({ store });
  expect(reloaded.getState().objects).toEqual(session.getState().objects);
});

test('the next edit is stored again', async () => {
  const { session, store, add } = await setUp();
  store.failures.set(store.appends, Object.assign(new Error('quota'), { name: 'QuotaExceededError' }));
  expect(await session.dispatch({ ...add, play_position: 1 })).toMatchObject({ ok: false, error: { code: 1001 } });
  store.failures.set(store.appends, new Error('broken'));
  expect(await session.dispatch({ ...add, play_position: 1 })).toMatchObject({ ok: false, error: { code: 1004 } });
  expect(await session.dispatch({ ...add, play_position: 1 })).toMatchObject({ ok: true });
  expect(session.getState().history.undoDepth).toBe(2);
});

test('what the program itself could not store stands in the way of no undo', async () => {
  const { session, store, add } = await setUp();
  const [clip_id = ''] = createdBy(await session.dispatch({ ...add, play_position: 1 }));
  await session.dispatch({ cmd: 'SET_CLIP', clip_id, gain: 2 });
  store.failures.set(store.appends, new Error('broken'));
  expect(await session.performPlayed([{ cmd: 'SET_CLIP', clip_id, pan: 1 }])).toMatchObject({ ok: false });
  expect(await session.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: true });
  expect(session.objects.get(clip_id)).toMatchObject({ gain: 1, pan: 0 });
});

test('stored objects that are not valid are left out and reported, the rest is there', async () => {
  const store = new MemoryStore();
  const { session, timelineId } = await openTestSession({ store });
  await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1 });
  const { objects, transactions } = await loadWhole(store);
  const damaged = objects.map(({ id, properties }) => ({
    id,
    properties: properties.kind === 'TimelineMarkerAtome' ? { ...properties, time: 'soon' } : properties,
  }));
  const reports: unknown[] = [];
  const { session: reloaded } = await openTestSession({
    store: Object.assign(new MemoryStore(), { load: async () => ({ objects: [damaged], transactions }) }),
    log: (_message, data) => reports.push(data),
  });
  expect(Object.keys(reloaded.getState().objects)).toHaveLength(2);
  expect(reports).toHaveLength(1);
});

test('of a gesture, what is on disk stays, and goes on being one step', async () => {
  const { session, store, add } = await setUp();
  const [clip_id = ''] = createdBy(await session.dispatch({ ...add, play_position: 1 }));
  const { undoDepth } = session.getState().history;
  const gesture = crypto.randomUUID();
  const drag = (gain: number) => session.dispatch({ cmd: 'SET_CLIP', clip_id, gesture, gain });
  expect((await drag(0.9)).ok).toBe(true);
  store.failures.set(store.appends, new AtomeError('ERR_DISK_FULL'));
  expect((await drag(0.8)).ok).toBe(false);
  expect(session.objects.get(clip_id)).toMatchObject({ gain: 0.9 });
  expect(session.getState().history).toMatchObject({ undoDepth: undoDepth + 1 });
  await session.dispatch({ cmd: 'UNDO' });
  expect(session.objects.get(clip_id)).toMatchObject({ gain: 1 });
  const { session: reloaded } = await openTestSession({ store });
  expect(reloaded.getState().history).toEqual(session.getState().history);
});
