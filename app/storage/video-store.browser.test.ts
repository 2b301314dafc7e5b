// The store of videos on the real origin private file system: identity, hostile names, cancelling, a full disk.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cdp } from 'vitest/browser';
import { temporaryDirectory, videoDirectory } from './blob-paths.ts';
import { openDirectory } from './file-access.ts';
import { garbage } from './garbage.ts';
import { openVideoStore } from './video-store.ts';
import { sha256 } from './wav.fixture.ts';

let userId = '';

beforeEach(() => {
  userId = crypto.randomUUID();
});

async function namesIn(path: readonly string[]): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await openDirectory(path)).keys()) names.push(name);
  return names;
}

const bytesOf = (length: number, seed = 1): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 7) % 251);

test('a video is found by its hash, byte for byte, in a file that says what it is', async () => {
  const videos = await openVideoStore(userId);
  const bytes = bytesOf(300_000);
  const hash = await sha256(bytes);
  const steps: number[] = [];
  const stored = await videos.put(new Blob([bytes]), 'video/mp4', { onBytes: (done) => steps.push(done) });
  expect(stored).toEqual({ hash, bytes: 300_000, existed: false });
  expect(steps.at(-1)).toBe(300_000);
  expect(await namesIn(videoDirectory(userId))).toEqual([`${hash}.mp4`]);
  expect(new Uint8Array(await (await videos.get(hash)).arrayBuffer())).toEqual(bytes);
  expect(await videos.list()).toEqual([{ hash, bytes: 300_000 }]);
  expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
});

test('the same bytes are stored once, also when two come at a time and call themselves differently', async () => {
  const [one, other] = [await openVideoStore(userId), await openVideoStore(userId)];
  const blob = new Blob([bytesOf(50_000)]);
  const results = await Promise.all([
    one.put(blob, 'video/mp4'),
    other.put(blob, 'video/webm'),
    one.put(blob, 'video/mp4'),
  ]);
  expect(results.filter(({ existed }) => !existed)).toHaveLength(1);
  expect(await namesIn(videoDirectory(userId))).toHaveLength(1);
  expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
});

test('what is no kind of video is refused, and nothing is found under names that are no hash', async () => {
  const videos = await openVideoStore(userId);
  for (const mime of ['text/html', 'video/../../x', 'constructor', '']) {
    await expect(videos.put(new Blob([bytesOf(10)]), mime)).rejects.toThrow('cannot show');
  }
  const stray = await openDirectory(videoDirectory(userId));
  await stray.getFileHandle('notes.txt', { create: true });
  await stray.getFileHandle(`${'a'.repeat(64)}.exe`, { create: true });
  expect(await videos.list()).toEqual([]);
  for (const name of ['notes.txt', '../x', 'a'.repeat(64)]) {
    expect(await videos.has(name)).toBe(false);
    await expect(videos.get(name)).rejects.toMatchObject({ name: 'ERR_NOT_FOUND' });
  }
});

test('a cancelled one leaves nothing; a deleted one is gone; what nobody refers to is listed', async () => {
  const videos = await openVideoStore(userId);
  const cancelling = new AbortController();
  const put = videos.put(new Blob([bytesOf(2_000_000)]), 'video/webm', {
    signal: cancelling.signal,
    onBytes: () => cancelling.abort(),
  });
  await expect(put).rejects.toMatchObject({ name: 'ERR_IMPORT_CANCELLED' });
  expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  const kept = await videos.put(new Blob([bytesOf(10)]), 'video/webm');
  const lost = await videos.put(new Blob([bytesOf(20)]), 'video/webm');
  expect(await garbage(videos, (hash) => hash === kept.hash)).toEqual([{ hash: lost.hash, bytes: 20 }]);
  await videos.delete(lost.hash);
  expect(await videos.has(lost.hash)).toBe(false);
  expect(await videos.has(kept.hash)).toBe(true);
});

interface Session {
  send(method: 'Storage.overrideQuotaForOrigin', parameters: { origin: string; quotaSize?: number }): Promise<unknown>;
}

/** Without a size the browser's own quota is back. */
async function limitQuota(quotaSize?: number): Promise<void> {
  const session = cdp() as unknown as Session;
  await session.send('Storage.overrideQuotaForOrigin', { origin: location.origin, ...(quotaSize && { quotaSize }) });
}

afterEach(() => limitQuota());

test('a full disk is told and leaves what was stored before', async () => {
  const videos = await openVideoStore(userId);
  const kept = await videos.put(new Blob([bytesOf(1000)]), 'video/mp4');
  const { usage = 0 } = await navigator.storage.estimate();
  await limitQuota(usage + (1 << 20));
  const large = new Blob(Array.from({ length: 32 }, (_, seed) => bytesOf(1 << 20, seed)));
  await expect(videos.put(large, 'video/mp4')).rejects.toMatchObject({ name: 'ERR_DISK_FULL' });
  expect(await namesIn(temporaryDirectory(userId))).toEqual([]);
  expect(await videos.list()).toEqual([{ hash: kept.hash, bytes: 1000 }]);
});
