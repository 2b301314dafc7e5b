// Makes the browser begin a new log for its databases. A kill can tear the last record of the old one; Chromium (LevelDB with
// `reuse_logs`) then goes on behind the torn record, takes the log for damaged the next time it reads it, and begins with
// an empty database. A log that has been put away into tables is never read again.
import { openDB } from 'idb';

const name = 'atome-log-filler';
const store = 'filler';
/** All databases of an origin share one log, which is put away once it holds more than 4 MiB. */
const rows = 80;
/** Characters of a byte each; from 64 KiB on values lie in files beside the log. */
const rowLength = 60_000;

/** To be called after every start: nobody knows how the one before ended. @throws DOMException where there is no space */
export async function beginFreshLog(): Promise<void> {
  const database = await openDB(name, 1, { upgrade: (created) => void created.createObjectStore(store) });
  try {
    const filling = database.transaction(store, 'readwrite', { durability: 'relaxed' });
    const filler = 'x'.repeat(rowLength);
    await Promise.all([...Array.from({ length: rows }, (_, row) => filling.store.put(filler, row)), filling.done]);
    // The log is looked at before the next write.
    await database.clear(store);
  } finally {
    database.close();
  }
}
