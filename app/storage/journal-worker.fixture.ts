// A dedicated worker with a journaled store, driven by the tests through comlink: journals are files that only workers can write.
import { expose } from 'comlink';
import { reportOf } from '../protocol/errors.ts';
import type { PropertyVersion } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import { openJournaledStore } from './journaled-store.ts';
import { loadWhole } from './load-whole.fixture.ts';
import { openJournal } from './transaction-journal.ts';
import { chainedTransaction } from './transactions.fixture.ts';
import type { CheckpointAt, CopyingObjectStore } from './types.ts';

let store: CopyingObjectStore | undefined;
const troubles: string[] = [];

function opened(): CopyingObjectStore {
  if (!store) throw new Error('open the store first');
  return store;
}

const worker = {
  /** What the store holds. */
  async open(database: string) {
    store = await openJournaledStore(database, {
      onRestoring: () => troubles.push('restoring'),
      onTrouble: (thrown) => troubles.push(reportOf(thrown, 'ERR_STORAGE_WRITE').name),
    });
    return loadWhole(store);
  },
  append: (transactions: readonly TransactionRecord[], checkpoint?: CheckpointAt): Promise<void> =>
    opened().append(transactions, checkpoint),
  /** Until it is ended from outside; `onWritten` is told the number of each one that is acknowledged. */
  async appendWithoutEnd(changes: number, onWritten: (index: number) => void): Promise<void> {
    for (let index = 0; ; index++) {
      await opened().append([chainedTransaction(index, changes)]);
      onWritten(index);
    }
  },
  async past(objectId: string, property: string): Promise<{ log: TransactionRecord[]; history: PropertyVersion[] }> {
    const log: TransactionRecord[] = [];
    for await (const transaction of opened().transactions()) log.push(transaction);
    return { log, history: await opened().history(objectId, property) };
  },
  /** What the store has told of its journal. */
  troubles: () => troubles,
  close: () => opened().close(),
  /** The ids in a journal that nobody has open. */
  async journal(database: string): Promise<string[]> {
    const journal = await openJournal(database);
    const ids = Array.from(
      journal.read(() => undefined),
      ({ id }) => id,
    );
    journal.close();
    return ids;
  },
};

export type JournalWorker = typeof worker;

expose(worker);
