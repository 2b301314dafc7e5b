// A start from a copy of the objects is the same as one from their rows: what lives, what is gone, what is left out.
import { expect, test } from 'vitest';
import type { CopiedObject, StoredObject, StoredSession } from '../storage/types.ts';
import { loadSession } from './load.ts';
import { openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';
import { Random } from './testing/random.ts';
import { RandomCommands } from './testing/random-commands.ts';

async function storedObjects(): Promise<StoredObject[]> {
  const store = new MemoryStore();
  const { session } = await openTestSession({ store });
  const source = new RandomCommands(session, new Random(11));
  for (let count = 0; count < 400; count++) await session.dispatch(source.next());
  await session.idle();
  const stored: StoredObject[] = [];
  for await (const part of (await store.load()).objects) stored.push(...part);
  const [first] = stored;
  const broken: StoredObject[] = [
    { id: testId(1, 200), properties: { kind: 'GroupAtome' }, owner: testId(3) },
    { id: testId(2, 200), properties: { kind: 'Unheard' } },
    { id: testId(3, 200), properties: { ...first?.properties, unheardOf: 1 } },
  ];
  return [...stored, ...broken].sort((one, other) => (one.id < other.id ? -1 : 1));
}

async function loaded(session: Pick<StoredSession, 'objects' | 'copied'>, ids: readonly string[]) {
  const stored: StoredSession = { ...session, checkpoint: undefined, transactions: [] };
  const { objects, leftOut } = await loadSession(stored);
  const known = ids.map((id) => [id, objects.knows(id), objects.ownerOf(id), objects.removed(id)]);
  return { living: [...objects.living()], known, leftOut };
}

test('objects that have not changed and those that have come together as the rows would tell them', async () => {
  const stored = await storedObjects();
  expect(stored.some(({ properties }) => properties.deleted === true)).toBe(true);
  const ids = stored.map(({ id }) => id);
  const fromRows = await loaded({ objects: [stored] }, ids);
  expect(fromRows.leftOut).toHaveLength(2);
  for (const isCopied of [() => true, () => false, (index: number) => index % 3 > 0]) {
    const copied = stored.filter((_, index) => isCopied(index)).map(copiedObject);
    const others = stored.filter((_, index) => !isCopied(index));
    expect(await loaded({ objects: [others], copied: structuredClone(copied) }, ids)).toEqual(fromRows);
  }
});

const copiedObject = ({ id, properties, owner }: StoredObject): CopiedObject => [{ id, ...properties }, owner ?? null];
