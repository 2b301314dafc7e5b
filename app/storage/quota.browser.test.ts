// The quota reached: the writer gives its space back, the reserve carries what matters, nothing stored is touched.
import { type Remote, wrap } from 'comlink';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { temporaryDirectory } from './blob-paths.ts';
import { openBlobStore } from './blob-store.ts';
import type { BlobWorker } from './blob-worker.fixture.ts';
import { findFile, openDirectory, removeFile } from './file-access.ts';
import type { JournalWorker } from './journal-worker.fixture.ts';
import { openObjectStore } from './object-store.ts';
import { keepReserve, reserveBytes, writeWithReserve } from './space-reserve.ts';
import { journalName, journalPath } from './transaction-journal.ts';
import { setValue, testId, transactionOf } from './transactions.fixture.ts';
import { parseWavShape, sha256, wavBytes } from './wav.fixture.ts';

interface Session {
  send(method: 'Storage.overrideQuotaForOrigin', parameters: { origin: string; quotaSize?: number }): Promise<unknown>;
}

/** Without a size the browser's own quota is back. */
async function limitQuota(quotaSize?: number): Promise<void> {
  const session = cdp() as unknown as Session;
  await session.send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...(quotaSize && { quotaSize }) });
}

const usage = async (): Promise<number> => (await navigator.storage.estimate()).usage ?? 0;
const reserve = async () => findFile(await openDirectory(['data']), 'reserve.bin');

async function namesIn(path: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await openDirectory(path)).keys()) names.push(name);
  return names;
}

let userId = '';
let worker: Worker;
let remote: Remote<BlobWorker>;

function startWorker(): void {
  userId = crypto.randomUUID();
  worker = new Worker(new URL('./blob-worker.fixture.ts', import.meta.url), { type: 'module' });
  remote = wrap<BlobWorker>(worker);
}

/** @param database opened if it is given */
async function startJournal(database?: string): Promise<{ store: Remote<JournalWorker>; end(): void }> {
  const own = new Worker(new URL('./journal-worker.fixture.ts', import.meta.url), { type: 'module' });
  const store = wrap<JournalWorker>(own);
  if (database !== undefined) await store.open(database);
  return { store, end: () => own.terminate() };
}

beforeEach(startWorker);

afterEach(async () => {
  worker.terminate();
  await limitQuota();
});

test('a writer stopped by the quota says so, stays closed and gives every byte back', async () => {
  const blobs = await openBlobStore(userId, { parseShape: parseWavShape });
  const kept = wavBytes(50_000, 4);
  const { hash } = await blobs.put(kept, 'imports');
  await limitQuota((await usage()) + (12 << 20));
  const { first, second, written } = await remote.fill(userId, 1 << 20, 64 << 20);
  expect([first, second]).toEqual(['ERR_DISK_FULL', 'ERR_STORAGE_WRITE']);
  expect(written).toBeGreaterThan(4 << 20);
  expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  expect(await sha256(new Uint8Array(await (await blobs.get(hash)).arrayBuffer()))).toBe(hash);
  const again = await remote.fill(userId, 1 << 20, 64 << 20);
  expect(again.written).toBe(written);
});

test('a put that does not fit stores nothing and the same put works when there is room', async () => {
  const blobs = await openBlobStore(userId, { parseShape: parseWavShape });
  const wav = wavBytes(8 << 20);
  await limitQuota((await usage()) + (6 << 20));
  const full = { report: { name: 'ERR_DISK_FULL', code: 1001 } };
  await expect(blobs.put(wav, 'imports')).rejects.toMatchObject(full);
  expect(await blobs.list()).toEqual([]);
  await limitQuota();
  expect((await blobs.put(wav, 'imports')).bytes).toBe(wav.length);
  await blobs.delete(await sha256(wav));
});

test('a put in a worker that does not fit stores nothing', async () => {
  const blobs = await openBlobStore(userId, { parseShape: parseWavShape });
  await limitQuota((await usage()) + (6 << 20));
  const put = remote.put(userId, wavBytes(8 << 20), 'imports');
  await expect(put).rejects.toMatchObject({ message: expect.stringContaining('no space left') });
  expect(await blobs.list()).toEqual([]);
  expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
});

test('the object log is still written at the quota: the reserve is given up for it, and made again later', async () => {
  const name = `test-${crypto.randomUUID()}`;
  await openBlobStore(userId, { parseShape: parseWavShape });
  expect((await (await reserve())?.getFile())?.size).toBe(reserveBytes);
  const store = await openObjectStore(name);
  await store.append([transactionOf(0, [setValue(testId(0), 'name', 'before')])]);
  await limitQuota((await usage()) + 1000);
  for (let index = 1; index <= 20; index++) {
    await store.append([transactionOf(index, [setValue(testId(index), 'name', 'x'.repeat(20_000))])]);
  }
  expect((await store.load()).transactions).toHaveLength(21);
  await limitQuota();
  await openBlobStore(userId, { parseShape: parseWavShape });
  expect((await (await reserve())?.getFile())?.size).toBe(reserveBytes);
  store.close();
  await deleteDB(name);
});

test('edits that the journal has no space for are in the database, and in the journal after the next start', async () => {
  const name = `test-${crypto.randomUUID()}`;
  await keepReserve();
  const started = await startJournal(name);
  await limitQuota((await usage()) + 1000);
  const acknowledged: string[] = [];
  const refused: unknown[] = [];
  for (let index = 0; index < 100; index++) {
    const transaction = transactionOf(index, [setValue(testId(index), 'name', 'x'.repeat(60_000))]);
    await started.store.append([transaction]).then(
      () => acknowledged.push(transaction.id),
      (thrown: unknown) => refused.push(thrown),
    );
  }
  // The browser counts what databases write only now and then.
  for (const thrown of refused) expect(thrown).toMatchObject({ message: expect.stringContaining('no space left') });
  expect(await started.store.troubles()).toContain('ERR_DISK_FULL');
  expect(acknowledged.length).toBeGreaterThan(10);
  started.end();
  await limitQuota();
  const again = await startJournal(name);
  const { log } = await again.store.past(testId(0), 'name');
  expect(log.map(({ id }) => id)).toEqual(acknowledged);
  again.end();
  const read = await startJournal();
  expect(await read.store.journal(name)).toEqual(acknowledged);
  read.end();
  await deleteDB(name);
  await removeFile(await openDirectory(journalPath), journalName(name));
  expect(await keepReserve()).toBe(true);
});

test('without a reserve the failure is said in words', async () => {
  await (await openDirectory(['data'])).removeEntry('reserve.bin');
  const full = () => Promise.reject(new DOMException('full', 'QuotaExceededError'));
  await expect(writeWithReserve(full)).rejects.toMatchObject({ report: { name: 'ERR_DISK_FULL' } });
});
