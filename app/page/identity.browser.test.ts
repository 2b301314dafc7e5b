// Who stores here, with and without the browser's own memory for it.
import { afterEach, expect, test, vi } from 'vitest';
import { loadIdentity } from './identity.ts';

async function clear(): Promise<void> {
  localStorage.clear();
  const root = await navigator.storage.getDirectory();
  for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
}

/** What the first sound of a person makes. */
async function makeFolder(userId: string): Promise<void> {
  let folder = await navigator.storage.getDirectory();
  for (const name of ['data', 'users', userId]) folder = await folder.getDirectoryHandle(name, { create: true });
}

function refuseLocalStorage(): void {
  vi.spyOn(window, 'localStorage', 'get').mockImplementation(() => {
    throw new DOMException('refused', 'SecurityError');
  });
}

afterEach(async () => {
  vi.restoreAllMocks();
  await clear();
});

test('the ids of the first visit are those of the next', async () => {
  const first = await loadIdentity();
  expect(await loadIdentity()).toEqual(first);
});

test('where the ids are lost or refused, the user is found by their folder', async () => {
  const { userId, deviceId } = await loadIdentity();
  await makeFolder(userId);
  localStorage.clear();
  const found = await loadIdentity();
  expect(found.userId).toBe(userId);
  expect(found.deviceId).not.toBe(deviceId);
  refuseLocalStorage();
  expect((await loadIdentity()).userId).toBe(userId);
});

test('a first visit without local storage gets ids all the same', async () => {
  refuseLocalStorage();
  const { userId, deviceId } = await loadIdentity();
  expect(userId).toMatch(/^[0-9a-f-]{36}$/);
  expect(deviceId).toMatch(/^[0-9a-f-]{36}$/);
});
