// Random commands of every kind: whatever they do, nothing dangles, everything is undone, stored, sent and found again.
import fc from 'fast-check';
import jsonPatch, { type Operation } from 'fast-json-patch';
import { expect, test } from 'vitest';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { ObjectMap } from './object-map.ts';
import { problemsOf } from './rules.ts';
import type { Session } from './session.ts';
import { addTestFile, openTestSession, testId } from './testing/fixtures.ts';
import { MemoryStore } from './testing/memory-store.ts';
import { Random } from './testing/random.ts';
import { RandomCommands } from './testing/random-commands.ts';

const seeds = fc.integer({ min: 1, max: 0xffffffff });

async function furnished(store: MemoryStore, author = testId(1)) {
  const { session } = await openTestSession({ store, author });
  if ([...session.objects.ofKind('AudioFileAtome')].length === 0) {
    for (const n of [0, 1]) await addTestFile(session, 480_000, 48_000, n);
    await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'Beats', type: 'mixed', timebase: 'beats' });
    await session.dispatch({ cmd: 'CREATE_TIMELINE', name: 'Seconds', type: 'mixed', timebase: 'seconds' });
  }
  return session;
}

/** Sends so many random commands; returns how many were taken. */
async function work(session: Session, seed: number, count: number): Promise<number> {
  const commands = new RandomCommands(session, new Random(seed), 60);
  let taken = 0;
  for (let turn = 0; turn < count; turn++) if ((await session.dispatch(commands.next())).ok) taken++;
  return taken;
}

/** What is wrong with the objects there are: names without an object, circles, places that cannot be. */
const problems = (session: Session): unknown[] => {
  const objects = session.objects as ObjectMap;
  return [...problemsOf(objects, Object.keys(session.getState().objects))];
};

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test('they leave no object in a state that is refused, patches that give the state, and the way back and forth', async () => {
  let taken = 0;
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const store = new MemoryStore();
      const session = await furnished(store);
      const start = session.getState();
      const patched = plain(start) as object;
      session.onPatch(({ ops }) => jsonPatch.applyPatch(patched, plain(ops) as Operation[]));
      taken += await work(session, seed, 150);
      await session.idle();
      expect(problems(session)).toEqual([]);
      expect(patched).toEqual(plain(session.getState()));

      const end = session.getState();
      const steps = end.history.undoDepth - start.history.undoDepth;
      const { session: reloaded } = await openTestSession({ store });
      expect(reloaded.getState().objects).toEqual(end.objects);
      for (let step = 0; step < steps; step++)
        expect(await reloaded.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: true });
      expect(reloaded.getState().objects).toEqual(start.objects);
      for (let step = 0; step < steps; step++)
        expect(await reloaded.dispatch({ cmd: 'REDO' })).toMatchObject({ ok: true });
      expect(reloaded.getState().objects).toEqual(end.objects);
    }),
    { numRuns: 25 },
  );
  expect(taken).toBeGreaterThan(25 * 75);
});

test('of two people in turn, each undoes their own steps, keeps the other’s newer changes, and nothing dangles', async () => {
  await fc.assert(
    fc.asyncProperty(seeds, async (seed) => {
      const store = new MemoryStore();
      const [mine, theirs] = [testId(1), testId(2)];
      await furnished(store, mine);
      await work(await furnished(store, mine), seed, 40);
      const other = await furnished(store, theirs);
      const written = new Map<string, unknown>();
      other.onTransaction(({ changes }) => {
        for (const { objectId, property, after } of changes) written.set(`${objectId} ${property}`, after);
      });
      await work(other, seed + 1, 40);

      const session = await furnished(store, mine);
      const changed = new Set<string>();
      session.onTransaction(({ changes }) => {
        for (const { objectId, property } of changes) changed.add(`${objectId} ${property}`);
      });
      while (session.getState().history.undoDepth > 0) {
        expect(await session.dispatch({ cmd: 'UNDO' })).toMatchObject({ ok: true });
        expect(problems(session)).toEqual([]);
      }
      expect([...changed].filter((property) => written.has(property))).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

/** A disk that takes so many transactions and no more, as if the power had gone; nothing is ever answered after that. */
class DyingStore extends MemoryStore {
  #left: number;

  constructor(left: number) {
    super();
    this.#left = left;
  }

  override async append(transactions: readonly TransactionRecord[]): Promise<void> {
    for (const transaction of transactions) {
      if (this.#left === 0) return new Promise(() => undefined);
      this.#left--;
      await super.append([transaction]);
    }
  }
}

test('a disk that dies after any write holds the state after some of the accepted commands, none of them by half', async () => {
  await fc.assert(
    fc.asyncProperty(
      seeds,
      fc.integer({ min: 5, max: 90 }),
      fc.integer({ min: 1, max: 30 }),
      async (seed, writes, atOnce) => {
        const store = new DyingStore(writes);
        const session = await furnished(store);
        const states = [plain(session.getState().objects)];
        session.onTransaction(() => states.push(plain(session.getState().objects)));
        const answered: number[] = [];
        const commands = new RandomCommands(session, new Random(seed), 60);
        for (let turn = 0; turn < 100; turn++) {
          const before = states.length;
          const reply = session.dispatch(commands.next());
          const applied = states.length > before ? states.length - 1 : undefined;
          void reply.then(({ ok }) => ok && applied !== undefined && answered.push(applied));
          if (turn % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
        }
        await new Promise((resolve) => setImmediate(resolve));
        const { session: reloaded } = await openTestSession({ store });
        const found = states.findLastIndex(
          (state) => JSON.stringify(sorted(state)) === JSON.stringify(sorted(plain(reloaded.getState().objects))),
        );
        expect(found).toBeGreaterThanOrEqual(Math.max(0, ...answered));
        expect(problems(reloaded)).toEqual([]);
      },
    ),
    { numRuns: 40 },
  );
});

/** Objects by their ids, properties by their names. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, sorted(inner)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
