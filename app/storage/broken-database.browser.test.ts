// Databases that cannot be opened or read: made anew from the journal, or left alone where a newer program has written them.
import { type Remote, wrap } from 'comlink';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDirectory, removeFile } from './file-access.ts';
import type { JournalWorker } from './journal-worker.fixture.ts';
import { journalName, journalPath } from './transaction-journal.ts';
import { setValue, testId, transactionOf } from './transactions.fixture.ts';

let database = '';
const workers: Worker[] = [];

/** A store of its own worker, as a start of the program. */
async function start() {
  const worker = new Worker(new URL('./journal-worker.fixture.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  const remote: Remote<JournalWorker> = wrap<JournalWorker>(worker);
  return { remote, end: () => worker.terminate(), found: await remote.open(database) };
}

const newerJournal = (): string => journalName(database).replace('.1.', '.2.');

beforeEach(() => {
  database = `test-${crypto.randomUUID()}`;
});

afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
  await deleteDB(database);
  const directory = await openDirectory(journalPath);
  for (const name of [journalName(database), newerJournal()]) await removeFile(directory, name);
});

const all = [
  transactionOf(1, [setValue(testId(1), 'kind', 'GroupAtome'), setValue(testId(1), 'gain', 1)]),
  transactionOf(2, [setValue(testId(1), 'gain', 0.5, 1), setValue(testId(2), 'tags', ['ü', { b: null }])]),
];

/** What a start finds after these two edits. */
async function edited() {
  const { remote, end } = await start();
  for (const transaction of all) await remote.append([transaction]);
  end();
  const { found, end: endAgain } = await start();
  endAgain();
  return found;
}

/** Another database of the same name in place of the one there is. */
async function replaceDatabase(version: number): Promise<void> {
  await deleteDB(database);
  const other = await openDB(database, version, { upgrade: (created) => void created.createObjectStore('theirs') });
  await other.put('theirs', 'kept', 'key');
  other.close();
}

/** What is in such a database; undefined where it is gone. */
async function theirs(version: number): Promise<unknown> {
  const found = await openDB(database, version);
  const value = found.objectStoreNames.contains('theirs') ? await found.get('theirs', 'key') : undefined;
  found.close();
  return value;
}

async function addNewerJournal(): Promise<void> {
  await (await openDirectory(journalPath)).getFileHandle(newerJournal(), { create: true });
}

test('one that opens and cannot be read is made anew, with all that the journal has', async () => {
  const kept = await edited();
  await replaceDatabase(2);
  const { found, remote, end } = await start();
  expect(found).toEqual({ ...kept, restored: { transactions: 2, unreadableBytes: 0 } });
  expect(await remote.troubles()).toEqual(['restoring']);
  const third = transactionOf(3, [setValue(testId(1), 'gain', 2, 0.5)]);
  await remote.append([third]);
  expect((await remote.past(testId(1), 'gain')).log).toEqual([...all, third]);
  end();
  expect((await start()).found).not.toHaveProperty('restored');
});

test('one that cannot be read stays as it is where there is no journal to make it anew from', async () => {
  await replaceDatabase(2);
  await expect(start()).rejects.toThrow(expect.objectContaining({ name: 'ERR_STORAGE_READ' }));
  expect(await theirs(2)).toBe('kept');
});

test('one of a newer program is left alone, and so is its journal', async () => {
  await edited();
  await replaceDatabase(3);
  await expect(start()).rejects.toThrow(expect.objectContaining({ name: 'ERR_NEWER_PROGRAM' }));
  expect(await theirs(3)).toBe('kept');
});

test('where a newer program has kept a journal, an older one gives nothing back: it lacks what was done since', async () => {
  const kept = await edited();
  await addNewerJournal();
  const again = await start();
  expect(again.found).toEqual(kept);
  again.end();
  await replaceDatabase(2);
  await expect(start()).rejects.toThrow(expect.objectContaining({ name: 'ERR_NEWER_PROGRAM' }));
  expect(await theirs(2)).toBe('kept');
  await deleteDB(database);
  await expect(start()).rejects.toThrow(expect.objectContaining({ name: 'ERR_NEWER_PROGRAM' }));
});
