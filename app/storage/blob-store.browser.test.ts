// The blob store on the real origin private file system: identity, concurrency, crashes, hostile names.
import { type Remote, releaseProxy, wrap } from 'comlink';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { audioDirectory, temporaryDirectory } from './blob-paths.ts';
import { openBlobStore } from './blob-store.ts';
import type { BlobWorker } from './blob-worker.fixture.ts';
import { openDirectory } from './file-access.ts';
import { garbage } from './garbage.ts';
import type { BlobSource } from './types.ts';
import { parseWavShape, sha256, wavBytes, wavShape } from './wav.fixture.ts';

let userId = '';
const workers: Worker[] = [];
const options = { parseShape: parseWavShape };

function startWorker(): Remote<BlobWorker> {
  const worker = new Worker(new URL('./blob-worker.fixture.ts', import.meta.url), { type: 'module' });
  workers.push(worker);
  return wrap<BlobWorker>(worker);
}

async function namesIn(path: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await openDirectory(path)).keys()) names.push(name);
  return names;
}

const filesOf = async (sources: readonly BlobSource[] = ['recordings', 'imports', 'generated']): Promise<string[]> =>
  (await Promise.all(sources.map((source) => namesIn(audioDirectory(userId, source))))).flat();

async function changeIndex(work: (database: Awaited<ReturnType<typeof openDB>>) => Promise<unknown>): Promise<void> {
  const database = await openDB(`atome-blobs-${userId}`);
  await work(database);
  database.close();
}

beforeEach(() => {
  userId = crypto.randomUUID();
});

afterEach(async () => {
  for (const worker of workers.splice(0)) worker.terminate();
});

describe('identity', () => {
  test('a stored WAV is found by its hash, at its path, with its shape', async () => {
    const blobs = await openBlobStore(userId, options);
    const bytes = wavBytes(5000);
    const hash = await sha256(bytes);
    const info = await blobs.put(bytes, 'imports');
    expect(info).toEqual({
      ...wavShape(5000),
      hash,
      bytes: 10_044,
      source: 'imports',
      localPath: `data/users/${userId}/media/audio/imports/${hash}.wav`,
      createdAt: info.createdAt,
    });
    expect(await blobs.info(hash)).toEqual(info);
    expect(await sha256(new Uint8Array(await (await blobs.get(hash)).arrayBuffer()))).toBe(hash);
    expect(await blobs.usage()).toMatchObject({ bytes: 10_044, blobs: 1 });
    expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  });

  test('a worker writes in pieces, header last, and the page reads the same bytes', async () => {
    const { info, existed } = await startWorker().store(userId, 'recordings', 20_000, 3);
    expect(existed).toBe(false);
    const blobs = await openBlobStore(userId, options);
    const bytes = new Uint8Array(await (await blobs.get(info.hash)).arrayBuffer());
    expect(await sha256(bytes)).toBe(info.hash);
    expect(bytes.length).toBe(40_044);
  });

  test('the same bytes from two workers and the page at once make exactly one copy', async () => {
    const blobs = await openBlobStore(userId, options);
    const bytes = wavBytes(8000, 5);
    const [first, second] = [startWorker(), startWorker()];
    const results = await Promise.all([
      first.store(userId, 'recordings', 8000, 5),
      second.store(userId, 'imports', 8000, 5),
      first.put(userId, bytes, 'generated'),
      blobs.put(bytes, 'imports'),
    ]);
    const infos = results.map((result) => ('info' in result ? result.info : result));
    expect(new Set(infos.map((info) => info.localPath)).size).toBe(1);
    expect(await filesOf()).toEqual([`${await sha256(bytes)}.wav`]);
    expect(await blobs.list()).toHaveLength(1);
    expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  });

  test('what is no WAV is refused before anything is stored', async () => {
    const blobs = await openBlobStore(userId, options);
    await expect(blobs.put(new TextEncoder().encode('just a text'), 'imports')).rejects.toMatchObject({
      report: { name: 'ERR_FILE_NOT_AUDIO', code: 5001 },
    });
    expect(await filesOf()).toEqual([]);
  });
});

describe('names', () => {
  test.each(['../imports/x', `${'a'.repeat(63)}/`, 'A'.repeat(64), 'a'.repeat(65), `${'a'.repeat(64)}.wav`, ''])(
    'the hash %j is refused everywhere',
    async (hash) => {
      const blobs = await openBlobStore(userId, options);
      const refused = { report: { name: 'ERR_BAD_COMMAND', code: 4001 } };
      await expect(blobs.get(hash)).rejects.toMatchObject(refused);
      await expect(blobs.delete(hash)).rejects.toMatchObject(refused);
      await expect(blobs.openRead(hash)).rejects.toMatchObject(refused);
      await expect(blobs.getPeaks(hash)).rejects.toMatchObject(refused);
      await expect(blobs.putPeaks(hash, [new Uint8Array(4)])).rejects.toMatchObject(refused);
      expect(await blobs.has(hash)).toBe(false);
    },
  );

  test.each([null, undefined, 5, {}])('of what is no text (%j) there is no blob', async (hash) => {
    const blobs = await openBlobStore(userId, options);
    expect(await blobs.has(hash as unknown as string)).toBe(false);
  });

  test.each(['..', '../../other', 'x', '', 'data/users'])('the user id %j is refused', async (id) => {
    await expect(openBlobStore(id, options)).rejects.toMatchObject({ report: { code: 4001 } });
  });

  test('a source that does not exist is refused', async () => {
    const blobs = await openBlobStore(userId, options);
    await expect(blobs.put(wavBytes(10), '../tmp' as BlobSource)).rejects.toMatchObject({ report: { code: 4001 } });
    expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  });
});

describe('crashes', () => {
  test('a dead writer is swept at open, a living one is left alone', async () => {
    const [dying, living] = [startWorker(), startWorker()];
    await dying.begin(userId);
    const [doomed] = await namesIn(temporaryDirectory(userId));
    await living.begin(userId);
    expect(await namesIn(temporaryDirectory(userId))).toHaveLength(2);
    dying[releaseProxy]();
    workers[0]?.terminate();
    await navigator.locks.request(`atome:temporary:${doomed}`, () => undefined);
    await expect
      .poll(async () => {
        await openBlobStore(userId, options);
        return namesIn(temporaryDirectory(userId));
      })
      .toHaveLength(1);
    expect(await namesIn(temporaryDirectory(userId))).not.toContain(doomed);
  });

  test('a crash between move and row is healed from the pending row, even when the header cannot be read', async () => {
    const { hash } = await (await openBlobStore(userId, options)).put(wavBytes(700), 'imports');
    await changeIndex(async (index) => index.put('blobs', { ...(await index.get('blobs', hash)), state: 'pending' }));
    const deaf = {
      parseShape: () => {
        throw new Error('no parser');
      },
    };
    expect((await (await openBlobStore(userId, deaf)).info(hash))?.frames).toBe(700);
  });

  test('a crash before the move leaves no trace', async () => {
    const bytes = wavBytes(700);
    const { hash } = await (await openBlobStore(userId, options)).put(bytes, 'imports');
    await (await openDirectory(audioDirectory(userId, 'imports'))).removeEntry(`${hash}.wav`);
    const blobs = await openBlobStore(userId, options);
    expect(await blobs.list()).toEqual([]);
    await expect(blobs.get(hash)).rejects.toMatchObject({ report: { name: 'ERR_NOT_FOUND' } });
    expect((await blobs.put(bytes, 'recordings')).source).toBe('recordings');
  });

  test('a lost index is made again from the files; a file that cannot be parsed stays, unlisted', async () => {
    const { hash } = await (await openBlobStore(userId, options)).put(wavBytes(900), 'generated');
    await changeIndex((index) => index.clear('blobs'));
    const directory = await openDirectory(audioDirectory(userId, 'imports'));
    const odd = await (await directory.getFileHandle(`${'b'.repeat(64)}.wav`, { create: true })).createWritable();
    await odd.write('no wav');
    await odd.close();
    const blobs = await openBlobStore(userId, options);
    expect((await blobs.list()).map((info) => [info.hash, info.frames, info.source])).toEqual([
      [hash, 900, 'generated'],
    ]);
    expect(await filesOf()).toHaveLength(2);
  });
});

describe('reading and removing', () => {
  test('two workers read one blob at once; while they do it cannot be removed, then it can', async () => {
    const blobs = await openBlobStore(userId, options);
    const bytes = wavBytes(4000, 9);
    const { hash } = await blobs.put(bytes, 'imports');
    await blobs.putPeaks(hash, [new Uint8Array(3)]);
    const [first, second] = [startWorker(), startWorker()];
    const [head, tail] = await Promise.all([first.read(userId, hash, 0, 44), second.read(userId, hash, 8000, 999)]);
    expect(head).toEqual(bytes.subarray(0, 44));
    expect(tail).toEqual(bytes.subarray(8000));
    await expect(blobs.delete(hash)).rejects.toMatchObject({ report: { name: 'ERR_STORAGE_WRITE' } });
    expect(await blobs.has(hash)).toBe(true);
    await Promise.all([first.closeReaders(), second.closeReaders()]);
    await blobs.delete(hash);
    expect(await blobs.has(hash)).toBe(false);
    expect(await filesOf()).toEqual([]);
    expect(await blobs.getPeaks(hash)).toBeUndefined();
  });

  test('peaks are stored whole and replaced whole', async () => {
    const blobs = await openBlobStore(userId, options);
    const { hash } = await blobs.put(wavBytes(100), 'imports');
    expect(await blobs.getPeaks(hash)).toBeUndefined();
    await blobs.putPeaks(hash, [new Uint8Array(500).fill(1)]);
    await blobs.putPeaks(hash, [new Uint8Array(100), new Uint8Array(200).fill(2)]);
    const peaks = new Uint8Array((await (await blobs.getPeaks(hash))?.arrayBuffer()) ?? new ArrayBuffer(0));
    expect([peaks.length, peaks[299]]).toEqual([300, 2]);
  });

  test('peaks written ahead are there once they are kept, and leave nothing when they are dropped', async () => {
    const blobs = await openBlobStore(userId, options);
    const { hash } = await blobs.put(wavBytes(100), 'imports');
    const kept = await blobs.preparePeaks([new Uint8Array(20)]);
    const dropped = await blobs.preparePeaks([new Uint8Array(30)]);
    expect(await blobs.getPeaks(hash)).toBeUndefined();
    expect(await namesIn(temporaryDirectory(userId))).toHaveLength(2);
    await kept.keep(hash);
    await dropped.drop();
    expect((await blobs.getPeaks(hash))?.size).toBe(20);
    expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  });

  test('the garbage listing names what nothing refers to, largest first, and removes nothing', async () => {
    const blobs = await openBlobStore(userId, options);
    const small = await blobs.put(wavBytes(100, 1), 'imports');
    const kept = await blobs.put(wavBytes(200, 2), 'imports');
    const large = await blobs.put(wavBytes(300, 3), 'imports');
    const listed = await garbage(blobs, (hash) => hash === kept.hash);
    expect(listed.map((info) => info.hash)).toEqual([large.hash, small.hash]);
    expect(await filesOf()).toHaveLength(3);
  });
});
