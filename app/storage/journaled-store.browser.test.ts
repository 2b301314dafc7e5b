// The journal beside the real IndexedDB: databases that are gone, files that were cut off, workers that were ended.
import { proxy, type Remote, wrap } from 'comlink';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openDirectory, removeFile } from './file-access.ts';
import type { JournalWorker } from './journal-worker.fixture.ts';
import { openObjectStore } from './object-store.ts';
import { journalName, journalPath } from './transaction-journal.ts';
import { chainedTransaction, setValue, testId, transactionOf } from './transactions.fixture.ts';

let database = '';
const workers: Worker[] = [];

function startWorker(): { remote: Remote<JournalWorker>; end(): void } {
  const worker = new Worker(new URL('./journal-worker.fixture.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return { remote: wrap<JournalWorker>(worker), end: () => worker.terminate() };
}

/** A store of its own worker, as a start of the program. */
async function start() {
  const { remote, end } = startWorker();
  return { remote, end, found: await remote.open(database) };
}

beforeEach(() => {
  database = `test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
  await deleteDB(database);
  await removeFile(await openDirectory(journalPath), journalName(database));
});

const journalFile = async () => (await openDirectory(journalPath)).getFileHandle(journalName(database));

async function changeJournal(change: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>): Promise<void> {
  const handle = await journalFile();
  const bytes = change(new Uint8Array(await (await handle.getFile()).arrayBuffer()));
  const writable = await writableOf(handle);
  await writable.write(bytes);
  await writable.close();
}

/** Once a worker that was ended has let go of the file. */
const writableOf = (handle: FileSystemFileHandle): Promise<FileSystemWritableFileStream> =>
  vi.waitFor(() => handle.createWritable(), { timeout: 10_000 });

const first = transactionOf(1, [setValue(testId(1), 'kind', 'GroupAtome'), setValue(testId(1), 'gain', 1)]);
const second = transactionOf(2, [setValue(testId(1), 'gain', 0.5, 1), setValue(testId(2), 'tags', ['ü', { b: null }])]);
const third = { ...transactionOf(3, [setValue(testId(1), 'gain', undefined, 0.5)]), created: [testId(2)] };
const all = [first, second, third];

test('a database that is gone comes back whole: objects, log and every past value', async () => {
  const before = await start();
  expect(before.found).not.toHaveProperty('restored');
  for (const transaction of all) await before.remote.append([transaction]);
  const past = await before.remote.past(testId(1), 'gain');
  before.end();
  const { restored: none, ...kept } = (await start()).found;
  expect(none).toBeUndefined();
  await deleteDB(database);

  const after = await start();
  expect(after.found).toEqual({ ...kept, restored: { transactions: 3, unreadableBytes: 0 } });
  expect(await after.remote.troubles()).toEqual(['restoring']);
  expect(await after.remote.past(testId(1), 'gain')).toEqual(past);
  expect(past.log).toEqual(all);
  after.end();
  expect((await start()).found).toEqual(kept);
});

test('one that has only the first edits, because bringing back was cut short, gets the others', async () => {
  const before = await start();
  const records = Array.from({ length: 700 }, (_, index) => chainedTransaction(index, 2));
  await before.remote.append(records);
  before.end();
  await deleteDB(database);
  const store = await openObjectStore(database);
  await store.append(records.slice(0, 300));
  store.close();

  const after = await start();
  expect(after.found.restored).toEqual({ transactions: 400, unreadableBytes: 0 });
  expect((await after.remote.past(testId(0), 'value')).log).toEqual(records);
  expect(after.found.objects.map(({ properties }) => properties.value)).toEqual([699, 699]);
});

test('edits that only the database has are in the journal after the next start, in its order', async () => {
  const before = await start();
  await before.remote.append([first]);
  before.end();
  const store = await openObjectStore(database);
  await store.append([second, third]);
  store.close();
  const between = await start();
  expect(between.found).not.toHaveProperty('restored');
  between.end();
  expect(await startWorker().remote.journal(database)).toEqual(all.map(({ id }) => id));

  await removeFile(await openDirectory(journalPath), journalName(database));
  (await start()).end();
  expect(await startWorker().remote.journal(database)).toEqual(all.map(({ id }) => id));
});

test('where each has edits that the other has not, both have all of them afterwards, once', async () => {
  const before = await start();
  await before.remote.append([first, second]);
  before.end();
  await deleteDB(database);
  const store = await openObjectStore(database);
  await store.append([third]);
  store.close();

  const after = await start();
  expect(after.found.restored).toEqual({ transactions: 2, unreadableBytes: 0 });
  expect(after.found.objects[0]?.properties).toEqual({ kind: 'GroupAtome' });
  const { log } = await after.remote.past(testId(1), 'gain');
  expect(log.map(({ id }) => id).sort()).toEqual(all.map(({ id }) => id).sort());
  after.end();
  expect(await startWorker().remote.journal(database)).toEqual(log.map(({ id }) => id));
});

test('an end that a kill has cut off is removed, and what it told is taken from the database', async () => {
  const before = await start();
  for (const transaction of all) await before.remote.append([transaction]);
  before.end();
  await changeJournal((bytes) => bytes.subarray(0, bytes.length - 5));
  const between = await start();
  expect(between.found).not.toHaveProperty('restored');
  const fourth = chainedTransaction(4, 1);
  await between.remote.append([fourth]);
  between.end();
  await deleteDB(database);
  const after = await start();
  expect(after.found.restored).toEqual({ transactions: 4, unreadableBytes: 0 });
  expect((await after.remote.past(testId(0), 'value')).log).toEqual([...all, fourth]);
});

test('what the disk has damaged is counted, and everything else comes back', async () => {
  const before = await start();
  for (const transaction of all) await before.remote.append([transaction]);
  before.end();
  await changeJournal((bytes) => {
    const inTheFirst = bytes.slice();
    inTheFirst[40] = 0;
    return inTheFirst;
  });
  await deleteDB(database);
  const { found, remote } = await start();
  expect(found.restored?.transactions).toBe(2);
  expect(found.restored?.unreadableBytes).toBeGreaterThan(100);
  expect((await remote.past(testId(1), 'gain')).log).toEqual([second, third]);
});

test('what the database refuses is not in the journal', async () => {
  const before = await start();
  await before.remote.append([first]);
  await expect(before.remote.append([first])).rejects.toThrow();
  await before.remote.append([second]);
  before.end();
  expect(await startWorker().remote.journal(database)).toEqual([first.id, second.id]);
});

test.each([1, 2, 3])(
  'ended in the middle and its database gone, it has all that it had acknowledged (%i)',
  async (round) => {
    const before = await start();
    let acknowledged = -1;
    await new Promise<void>((resolve) => {
      const written = (index: number): void => {
        acknowledged = index;
        if (index === 15 * round) resolve();
      };
      before.remote.appendWithoutEnd(20, proxy(written)).catch(() => undefined);
    });
    before.end();
    await deleteDB(database);
    const { objects, transactions } = (await start()).found;
    expect(transactions.length).toBeGreaterThan(acknowledged);
    expect(transactions.map(({ label }) => label)).toEqual(transactions.map((_, index) => `Edit ${index}`));
    const last = transactions.length - 1;
    expect(objects.map(({ properties }) => properties.value)).toEqual(Array.from({ length: 20 }, () => last));
  },
);

test('where no journal can be opened the store works without one and says why', async () => {
  const directory = await openDirectory(journalPath);
  await directory.getDirectoryHandle(journalName(database), { create: true });
  const { remote, found } = await start();
  expect(found.transactions).toEqual([]);
  expect(await remote.troubles()).toEqual(['ERR_STORAGE_READ']);
  await remote.append([first]);
  expect((await remote.past(testId(1), 'gain')).log).toEqual([first]);
});
