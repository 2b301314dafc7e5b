// The copy of all objects: whatever was written before, beside and after it, a start from it is a start from the rows.
import fc from 'fast-check';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadWhole } from './load-whole.fixture.ts';
import { openObjectStore } from './object-store.ts';
import { chainedTransaction, setValue, testId, transactionOf } from './transactions.fixture.ts';
import type { CopyingObjectStore, StoredObject } from './types.ts';

let name = '';
const stores: CopyingObjectStore[] = [];

async function open(): Promise<CopyingObjectStore> {
  const store = await openObjectStore(name);
  stores.push(store);
  return store;
}

async function loaded(): Promise<readonly StoredObject[]> {
  return (await loadWhole(await open())).objects;
}

/** Works on the database behind the store's back. */
async function behind<Value>(work: (database: Awaited<ReturnType<typeof openDB>>) => Promise<Value>): Promise<Value> {
  const database = await openDB(name);
  try {
    return await work(database);
  } finally {
    database.close();
  }
}

const hasCopy = (): Promise<boolean> =>
  behind(async (database) => (await database.get('checkpoints', 'objects')) !== undefined);

/** Only a start that reads rows sees it. */
const forgeRow = (): Promise<unknown> =>
  behind((database) => database.put('objects', { id: testId(0), properties: { value: 'from the row' } }));

beforeEach(() => {
  name = `test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const store of stores.splice(0)) store.close();
  await deleteDB(name);
});

test('objects are the same, in the same order, from the copy and the log since as from their rows', async () => {
  const change = fc.record({
    object: fc.integer({ min: 0, max: 12 }),
    property: fc.constantFrom('kind', 'gain', 'name', 'deleted'),
    value: fc.oneof(fc.constantFrom<unknown>(undefined, null, true, -0, 'GroupAtome', [1, { a: 2 }]), fc.double()),
    device: fc.constantFrom('device-a', 'device-b'),
    at: fc.integer({ min: 0, max: 20 }),
  });
  const changes = fc.array(change, { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(changes, changes, changes, async (...periods) => {
      const store = await openObjectStore(`${name}-run`);
      const [before = [], beside = [], after = []] = periods.map((period) =>
        period.map(({ object, property, value, device, at }) =>
          transactionOf(at, [setValue(testId(object), property, value)], device),
        ),
      );
      await store.append(before);
      const written = beside.map((transaction) => store.append([transaction]));
      await Promise.all([store.copyObjects(0), ...written]);
      await store.append(after);
      const fromCopy = await loadWhole(store);
      const database = await openDB(`${name}-run`);
      expect(await database.get('checkpoints', 'objects')).toBeDefined();
      await database.delete('checkpoints', 'objects');
      database.close();
      expect(fromCopy).toEqual(await loadWhole(store));
      store.close();
      await deleteDB(`${name}-run`);
    }),
    { numRuns: 25 },
  );
});

test('a start reads the copy instead of the rows, and the rows of what has changed since', async () => {
  const store = await open();
  await store.append([chainedTransaction(1, 3)]);
  await store.copyObjects(0);
  await forgeRow();
  expect((await loaded()).map(({ properties }) => properties.value)).toEqual([1, 1, 1]);
  await store.append([transactionOf(2, [setValue(testId(2), 'value', 2, 1)])]);
  expect((await loaded()).map(({ properties }) => properties.value)).toEqual([1, 1, 2]);
});

test('what a start has read is copied as it was then; what came meanwhile is in the log', async () => {
  const store = await open();
  await store.append([chainedTransaction(1, 3)]);
  const later = await open();
  await loadWhole(later);
  await later.append([chainedTransaction(2, 2)]);
  await later.copyObjects(0);
  expect((await loaded()).map(({ properties }) => properties.value)).toEqual([2, 2, 1]);
});

test('after more changes than are worth reading beside the copy, the rows are read, and copied again', async () => {
  const store = await open();
  await store.append([chainedTransaction(0, 3)]);
  await store.copyObjects(0);
  await store.append(Array.from({ length: 600 }, (_, index) => chainedTransaction(index + 1, 1)));
  await forgeRow();
  expect((await loaded())[0]?.properties.value).toBe('from the row');
  await store.copyObjects(0);
  expect((await loaded()).map(({ properties }) => properties.value)).toEqual(['from the row', 0, 0]);
});

test('it is made only where enough has changed', async () => {
  const store = await open();
  await store.append([chainedTransaction(0, 3)]);
  await store.copyObjects(0);
  await behind((database) => database.delete('checkpoints', 'objects'));
  await store.append([chainedTransaction(1, 3)]);
  await store.copyObjects(4);
  expect(await hasCopy()).toBe(false);
  await store.append([chainedTransaction(2, 1)]);
  await store.copyObjects(4);
  expect(await hasCopy()).toBe(true);
});

test('a copy of a form that is not known is as good as none', async () => {
  const store = await open();
  await store.append([chainedTransaction(0, 3)]);
  await store.copyObjects(0);
  await behind(async (database) =>
    database.put('checkpoints', { ...(await database.get('checkpoints', 'objects')), form: 1 }),
  );
  await forgeRow();
  expect((await loaded())[0]?.properties.value).toBe('from the row');
});

test('a damaged copy is as good as none', async () => {
  const store = await open();
  await store.append([chainedTransaction(0, 3)]);
  await store.copyObjects(0);
  await behind(async (database) => {
    const copy = await database.get('checkpoints', 'objects');
    await database.put('checkpoints', { ...copy, parts: [{ text: '[[{"id":', others: [] }] });
  });
  await forgeRow();
  expect((await loaded())[0]?.properties.value).toBe('from the row');
});
