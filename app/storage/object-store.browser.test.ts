// The object store on the real IndexedDB: order, history, merging, crashes, speed.
import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadWhole } from './load-whole.fixture.ts';
import { openObjectStore } from './object-store.ts';
import { chainedTransaction, setValue, testId, transactionOf } from './transactions.fixture.ts';
import type { ObjectStore } from './types.ts';

let name = '';
const stores: ObjectStore[] = [];

async function open(): Promise<ObjectStore> {
  const store = await openObjectStore(name);
  stores.push(store);
  return store;
}

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  await deleteDB(name);
});

describe('the log', () => {
  test('what was appended is there after reopening: objects, heads, changes, history', async () => {
    const store = await open();
    const first = transactionOf(1, [setValue(testId(1), 'kind', 'GroupAtome'), setValue(testId(1), 'gain', 1)]);
    const second = transactionOf(2, [
      setValue(testId(1), 'gain', 0.5, 1),
      setValue(testId(2), 'tags', ['a', { b: 1 }]),
    ]);
    const third = transactionOf(3, [setValue(testId(1), 'gain', undefined, 0.5)]);
    for (const transaction of [first, second, third]) await store.append([transaction]);
    store.close();

    const reopened = await open();
    const { objects, transactions } = await loadWhole(reopened);
    expect(objects).toEqual([
      { id: testId(1), properties: { kind: 'GroupAtome' }, owner: first.author },
      { id: testId(2), properties: { tags: ['a', { b: 1 }] } },
    ]);
    expect(transactions.map(({ label }) => label)).toEqual(['Edit 1', 'Edit 2', 'Edit 3']);
    expect(transactions[0]).not.toHaveProperty('changes');
    expect(await reopened.transaction(second.id)).toEqual(second);
    expect(await reopened.transaction(third.id)).toEqual(third);
    expect(await reopened.transaction('unknown')).toBeUndefined();
    expect(await reopened.objects([testId(2), 'unknown'])).toEqual([objects[1]]);
    const history = await reopened.history(testId(1), 'gain');
    expect(history.map(({ value, absent, transactionId, parent }) => [value, absent, transactionId, parent])).toEqual([
      [1, false, first.id, null],
      [0.5, false, second.id, first.id],
      [null, true, third.id, second.id],
    ]);
  });

  test('100 appends at once are answered and stored in the order of the calls, each whole', async () => {
    const store = await open();
    const answered: number[] = [];
    const appends = Array.from({ length: 100 }, (_, index) =>
      store.append([chainedTransaction(index, 3)]).then(() => answered.push(index)),
    );
    await Promise.all(appends);
    expect(answered).toEqual(Array.from({ length: 100 }, (_, index) => index));
    const { objects, transactions } = await loadWhole(store);
    expect(transactions.map(({ label }) => label)).toEqual(answered.map((index) => `Edit ${index}`));
    expect(objects.map(({ properties }) => properties.value)).toEqual([99, 99, 99]);
  });

  test('a value that cannot be stored fails its own transaction and no other', async () => {
    const store = await open();
    const bad = transactionOf(2, [setValue(testId(1), 'x', 2), setValue(testId(1), 'y', () => 0)]);
    const appends = [chainedTransaction(1, 1), bad, chainedTransaction(3, 1)].map((each) => store.append([each]));
    const settled = await Promise.allSettled(appends);
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect((await loadWhole(store)).transactions).toHaveLength(2);
    expect(await store.history(testId(1), 'x')).toEqual([]);
  });

  test('what a checkpoint stands for is not read again, and can be when it is needed', async () => {
    const store = await open();
    const records = Array.from({ length: 5 }, (_, index) => chainedTransaction(index, 1));
    const empty = { depth: 0, steps: [] };
    const value = {
      author: 'somebody',
      length: 3,
      time: { wall: 3, counter: 0 },
      undo: empty,
      redo: empty,
      foreign: [],
    };
    await store.append(records, { after: records[2]?.id ?? '', value });
    const { checkpoint, transactions } = await loadWhole(store);
    expect(checkpoint).toEqual(value);
    expect(transactions.map(({ label }) => label)).toEqual(['Edit 3', 'Edit 4']);
    expect((await store.heads()).map(({ id }) => id)).toEqual(records.map(({ id }) => id));
  });

  test('objects are told of in several parts, all of them once and in the order of their ids, whatever those are', async () => {
    const store = await open();
    const ids = [...Array.from({ length: 100 }, () => crypto.randomUUID()), '', '0', '1', '9~', 'F', 'f', 'g', 'ü'];
    const changes = ids.map((id) => setValue(id, 'kind', 'GroupAtome'));
    await store.append([transactionOf(1, changes)]);
    const { objects } = await store.load();
    const parts: string[][] = [];
    for await (const part of objects) parts.push(part.map(({ id }) => id));
    expect(parts.filter(({ length }) => length > 0).length).toBeGreaterThan(4);
    expect(parts.flat()).toEqual(ids.sort((a, b) => (a < b ? -1 : 1)));
  });

  test('a transaction without changes is kept as well', async () => {
    const store = await open();
    const empty = transactionOf(1, []);
    await store.append([empty]);
    expect(await store.transaction(empty.id)).toEqual(empty);
  });
});

describe('merging', () => {
  test('versions in any order of arrival lead to the same current value, and all stay in the history', async () => {
    const versions = [
      { at: 5, device: 'a', value: 'a5' },
      { at: 5, device: 'b', value: 'b5' },
      { at: 9, device: 'a', value: undefined },
      { at: 7, device: 'c', value: 'c7' },
    ];
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(versions, { minLength: 3, maxLength: 4 }), async (arrivals) => {
        const store = await openObjectStore(`${name}-${run++}`);
        await Promise.all(
          arrivals.map(({ at, device, value }) =>
            store.append([transactionOf(at, [setValue(testId(1), 'x', value)], device)]),
          ),
        );
        const winner = [...arrivals].sort((l, r) => l.at - r.at || (l.device < r.device ? -1 : 1)).at(-1);
        const [object] = (await loadWhole(store)).objects;
        expect(object?.properties.x).toBe(winner?.value);
        expect(await store.history(testId(1), 'x')).toHaveLength(arrivals.length);
        store.close();
        await deleteDB(`${name}-${run - 1}`);
      }),
      { numRuns: 12 },
    );
  });
});

describe('crashes', () => {
  test.each([1, 2, 3])('a worker ended in the middle leaves a whole prefix (%i)', async (round) => {
    const worker = new Worker(new URL('./object-worker.fixture.ts', import.meta.url), { type: 'module' });
    let acknowledged = -1;
    await new Promise<void>((resolve) => {
      worker.onmessage = ({ data }: MessageEvent<number>) => {
        acknowledged = data;
        if (data === 10 * round) resolve();
      };
      worker.postMessage({ database: name, changes: 50 });
    });
    worker.terminate();
    const store = await open();
    const { objects, transactions } = await loadWhole(store);
    expect(transactions.length).toBeGreaterThan(acknowledged);
    expect(transactions.map(({ label }) => label)).toEqual(transactions.map((_, index) => `Edit ${index}`));
    const last = transactions.length - 1;
    expect(objects.map(({ properties }) => properties.value)).toEqual(Array.from({ length: 50 }, () => last));
    expect((await store.transaction(transactions[last]?.id ?? ''))?.changes).toHaveLength(50);
  });

  test('when a newer program upgrades the database, appends are refused in words and nothing is lost', async () => {
    const store = await open();
    await store.append([chainedTransaction(0, 1)]);
    (await openDB(name, 3)).close();
    await expect(store.append([chainedTransaction(1, 1)])).rejects.toMatchObject({ report: { name: 'ERR_OTHER_TAB' } });
    await expect(loadWhole(store)).rejects.toMatchObject({ report: { name: 'ERR_OTHER_TAB' } });
    const database = await openDB(name);
    expect(await database.count('transactions')).toBe(1);
    database.close();
  });

  test('a database from before there were checkpoints is opened with all it holds', async () => {
    const older = await openDB(name, 1, {
      upgrade(database) {
        for (const kept of ['objects', 'clocks']) database.createObjectStore(kept, { keyPath: 'id' });
        database.createObjectStore('versions', { autoIncrement: true }).createIndex('objectId', 'objectId');
        database.createObjectStore('transactions', { autoIncrement: true }).createIndex('id', 'id', { unique: true });
      },
    });
    await older.put('objects', { id: testId(1), properties: { kind: 'GroupAtome' } });
    older.close();
    const store = await open();
    expect((await loadWhole(store)).objects).toHaveLength(1);
    await store.append([chainedTransaction(0, 1)]);
    expect((await loadWhole(store)).transactions).toHaveLength(1);
  });

  test('all transactions are read in order, page by page', async () => {
    const store = await open();
    const records = Array.from({ length: 2500 }, (_, index) => chainedTransaction(index, index % 3));
    await store.append(records);
    const read: unknown[] = [];
    for await (const record of store.transactions()) read.push(record);
    expect(read).toEqual(records);
  });

  test('close waits for what was appended before it', async () => {
    const store = await open();
    const appended = Promise.all([0, 1, 2].map((index) => store.append([chainedTransaction(index, 5)])));
    store.close();
    await appended;
    expect((await loadWhole(await open())).transactions).toHaveLength(3);
  });
});

describe('speed', () => {
  test('a clip of 20 properties among 5,000 is loaded in at most three times the time of one among 500', async () => {
    const store = await open();
    const clip = (index: number) =>
      Array.from({ length: 20 }, (_, property) => setValue(testId(index), `property_${property}`, index / 7));
    const perClip: number[] = [];
    for (let clips = 500; clips <= 5000; clips += 500) {
      const first = clips - 500;
      await store.append([transactionOf(first, Array.from({ length: 500 }, (_, index) => clip(first + index)).flat())]);
      if (clips > 500 && clips < 5000) continue;
      const times: number[] = [];
      for (let round = 0; round < 5; round++) {
        const begin = performance.now();
        expect((await loadWhole(store)).objects).toHaveLength(clips);
        times.push(performance.now() - begin);
      }
      perClip.push(Math.min(...times) / clips);
    }
    const [few = 0, many = 0] = perClip;
    expect(many / few).toBeLessThan(3);
  });
});
