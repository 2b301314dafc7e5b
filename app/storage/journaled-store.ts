// The object store with a journal beside it. Chromium removes a database whole when it takes its log for damaged, as it does after a
// kill at the wrong moment; the journal has the same transactions, and each start compares the two.
import { AtomeError } from '../protocol/errors.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import { openOrRemake, readOrAnew, remakeUnreadable } from './broken-database.ts';
import { quietly } from './object-log.ts';
import { writeWithReserve } from './space-reserve.ts';
import { hasNewerJournal, openJournal, type TransactionJournal } from './transaction-journal.ts';
import type { CopyingObjectStore, LoggedObjectStore, Restored, StoredSession } from './types.ts';

/** What the caller is told of the journal. */
export interface JournalEvents {
  /** Something is being brought back, which takes seconds where much was lost. */
  onRestoring(): void;
  /** Why the last edits are in the database alone. */
  onTrouble(thrown: unknown): void;
}

/** What a load answers, until all of it is read. */
type Loading = { -readonly [Property in keyof StoredSession]: StoredSession[Property] };

/** Changes that are brought over at a time: each time all objects concerned are written. */
const groupChanges = 50_000;

/**
 * The database comes first: what it has refused is not in the journal, and what the journal could not take is added to it
 * later. Without a journal the store works as well.
 * @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_NEWER_PROGRAM, ERR_DATABASE_BROKEN
 */
export async function openJournaledStore(database: string, events: JournalEvents): Promise<CopyingObjectStore> {
  const opening = openJournal(database).catch((thrown: unknown) => {
    events.onTrouble(thrown);
    return undefined;
  });
  return withJournal(database, await openOrRemake(database, opening), opening, events);
}

function withJournal(
  database: string,
  opened: LoggedObjectStore,
  opening: Promise<TransactionJournal | undefined>,
  { onRestoring, onTrouble }: JournalEvents,
): CopyingObjectStore {
  let store = opened;
  let complete = false;
  /** Writes of the store since the journal could last be written, and how many of them until it is tried again. */
  let missed = 0;
  let patience = 1;
  let journaled: Promise<unknown> = Promise.resolve();

  const note = async (transactions: readonly TransactionRecord[]): Promise<void> => {
    const journal = await opening;
    if (!journal || (!complete && ++missed < patience)) return;
    try {
      await writeWithReserve(async () => (complete ? journal.append(transactions) : complement(journal, store)));
      complete = true;
      patience = 1;
    } catch (thrown) {
      complete = false;
      // What is missing is read again each time: twice as much of it before the next time keeps that from growing.
      patience = 2 * patience;
      onTrouble(thrown);
    }
    missed = 0;
  };
  /** One after the other, in the order of the database. */
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = journaled.then(work);
    journaled = turn.catch(() => undefined);
    return turn;
  };

  async function load(): Promise<StoredSession> {
    // The journal takes as long to be opened as the objects to be read.
    const [newest, session, journal] = await Promise.all([store.newest(), store.load(), opening]);
    if (!journal || newest === journal.last) {
      complete = true;
      return session;
    }
    const restored = await restore(database, store, journal, onRestoring);
    await note([]);
    return restored ? { ...(await store.load()), restored } : session;
  }

  return {
    heads: () => store.heads(),
    objects: (ids) => store.objects(ids),
    transaction: (id) => store.transaction(id),
    transactions: () => store.transactions(),
    history: (objectId, property) => store.history(objectId, property),
    copyObjects: (least) => store.copyObjects(least),
    load: () =>
      inTurn(async () => {
        const anew = async (thrown: unknown): Promise<StoredSession> => {
          store = await remakeUnreadable(database, store, opening, thrown);
          return load();
        };
        const session: Loading = await load().catch(anew);
        if (Symbol.iterator in session.objects) return session;
        session.objects = readOrAnew(session.objects, async (thrown) => {
          const { objects, restored } = await inTurn(() => anew(thrown));
          if (restored) session.restored = restored;
          return objects;
        });
        return session;
      }),
    async append(transactions, checkpoint) {
      const stored = quietly(store.append(transactions, checkpoint));
      await inTurn(() => stored.then(() => note(transactions)));
    },
    close() {
      void inTurn(async () => (await opening)?.close());
      store.close();
    },
  };
}

/** What the database had lost; undefined: nothing. @throws AtomeError ERR_NEWER_PROGRAM where our journal is out of date */
async function restore(
  database: string,
  store: LoggedObjectStore,
  journal: TransactionJournal,
  onRestoring: () => void,
): Promise<Restored | undefined> {
  if (journal.last === undefined || (await store.transaction(journal.last))) return undefined;
  if (await hasNewerJournal(database)) throw new AtomeError('ERR_NEWER_PROGRAM', 'journal');
  onRestoring();
  const foreign = new Set((await store.heads()).map(({ id }) => id));
  const known = new Set(foreign);
  let unreadableBytes = 0;
  let transactions = 0;
  const read = journal.read((bytes) => {
    unreadableBytes += bytes;
  });
  function* missing(): Generator<TransactionRecord> {
    for (const transaction of read) {
      foreign.delete(transaction.id);
      if (known.has(transaction.id)) continue;
      known.add(transaction.id);
      transactions++;
      yield transaction;
    }
  }
  for await (const group of inGroups(missing())) await store.append(group);
  // What only the database had came before what it got back now: from here on the journal is in that order too.
  if (foreign.size > 0) journal.clear();
  return { transactions, unreadableBytes };
}

/** Adds what only the database has: all that is behind the journal's last transaction. */
async function complement(journal: TransactionJournal, store: LoggedObjectStore): Promise<void> {
  for await (const group of inGroups(store.transactions(journal.last))) journal.append(group);
}

async function* inGroups(
  transactions: Iterable<TransactionRecord> | AsyncIterable<TransactionRecord>,
): AsyncGenerator<TransactionRecord[]> {
  let group: TransactionRecord[] = [];
  let changes = 0;
  for await (const transaction of transactions) {
    group.push(transaction);
    changes += transaction.changes.length;
    if (changes < groupChanges) continue;
    yield group;
    group = [];
    changes = 0;
  }
  if (group.length > 0) yield group;
}
