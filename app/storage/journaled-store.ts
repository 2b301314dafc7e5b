// The object store with a journal beside it. Chromium removes a database whole when it takes its log for damaged, as it does after a
// kill at the wrong moment; the journal has the same transactions, and each start compares the two.
import type { TransactionRecord } from '../protocol/transaction.ts';
import { quietly } from './object-log.ts';
import { openObjectStore } from './object-store.ts';
import { writeWithReserve } from './space-reserve.ts';
import { openJournal, type TransactionJournal } from './transaction-journal.ts';
import type { CopyingObjectStore, LoggedObjectStore, Restored } from './types.ts';

/** Transactions that are brought over at a time. */
const groupLength = 256;

/**
 * The database comes first: what it has refused is not in the journal, and what the journal could not take is added to it
 * later. Without a journal the store works as well.
 * @param onTrouble told why something is in the database alone. @throws AtomeError ERR_STORAGE_UNAVAILABLE
 */
export async function openJournaledStore(
  database: string,
  onTrouble: (thrown: unknown) => void,
): Promise<CopyingObjectStore> {
  const opening = quietly(openJournal(database));
  const store = await openObjectStore(database);
  try {
    return withJournal(store, await opening, onTrouble);
  } catch (thrown) {
    onTrouble(thrown);
    return store;
  }
}

function withJournal(
  store: LoggedObjectStore,
  journal: TransactionJournal,
  onTrouble: (thrown: unknown) => void,
): CopyingObjectStore {
  let complete = false;
  /** Writes of the store since the journal could last be written, and how many of them until it is tried again. */
  let missed = 0;
  let patience = 1;
  let journaled: Promise<unknown> = Promise.resolve();

  const note = async (transactions: readonly TransactionRecord[]): Promise<void> => {
    if (!complete && ++missed < patience) return;
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

  return {
    ...store,
    load: () =>
      inTurn(async () => {
        const [session, newest] = await Promise.all([store.load(), store.newest()]);
        if (newest === journal.last) {
          complete = true;
          return session;
        }
        const restored = await restore(store, journal);
        await note([]);
        return restored ? { ...(await store.load()), restored } : session;
      }),
    async append(transactions, checkpoint) {
      const stored = quietly(store.append(transactions, checkpoint));
      await inTurn(() => stored.then(() => note(transactions)));
    },
    close() {
      void inTurn(async () => journal.close());
      store.close();
    },
  };
}

/** What the database had lost; undefined: nothing. */
async function restore(store: LoggedObjectStore, journal: TransactionJournal): Promise<Restored | undefined> {
  if (journal.last === undefined || (await store.transaction(journal.last))) return undefined;
  const foreign = new Set((await store.heads()).map(({ id }) => id));
  const known = new Set(foreign);
  let unreadableBytes = 0;
  let transactions = 0;
  let group: TransactionRecord[] = [];
  const append = async (): Promise<void> => {
    await store.append(group);
    transactions += group.length;
    group = [];
  };
  const read = journal.read((bytes) => {
    unreadableBytes += bytes;
  });
  for (const transaction of read) {
    foreign.delete(transaction.id);
    if (known.has(transaction.id)) continue;
    known.add(transaction.id);
    group.push(transaction);
    if (group.length === groupLength) await append();
  }
  await append();
  // What only the database had came before what it got back now: from here on the journal is in that order too.
  if (foreign.size > 0) journal.clear();
  return { transactions, unreadableBytes };
}

/** Adds what only the database has: all that is behind the journal's last transaction. */
async function complement(journal: TransactionJournal, store: LoggedObjectStore): Promise<void> {
  let group: TransactionRecord[] = [];
  const append = (): void => {
    journal.append(group);
    group = [];
  };
  for await (const transaction of store.transactions(journal.last)) {
    group.push(transaction);
    if (group.length === groupLength) append();
  }
  append();
}
