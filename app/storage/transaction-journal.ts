// Every transaction once more, in a file of its own: what the browser's database may lose as a whole is still there.
import type { TransactionRecord } from '../protocol/transaction.ts';
import { openDirectory, openSyncAccess } from './file-access.ts';
import { type FrameFile, framesIn, framesOf, lastFrame } from './journal-frames.ts';
import { storageError } from './storage-errors.ts';
import { textOfTransaction, transactionIn } from './transaction-text.ts';

/** Where the journals lie, and the one of a database; a journal of another form is another file. */
export const journalPath = ['data', 'journal'];
const form = 1;
const ending = '.journal';
export const journalName = (database: string): string => `${database}.${form}${ending}`;

/** Whether a newer program has kept a journal of another form: then ours is out of date. @throws DOMException */
export async function hasNewerJournal(database: string): Promise<boolean> {
  const directory = await openDirectory(journalPath);
  const prefix = `${database}.`;
  for await (const name of directory.keys()) {
    if (!name.startsWith(prefix) || !name.endsWith(ending)) continue;
    if (Number(name.slice(prefix.length, -ending.length)) > form) return true;
  }
  return false;
}

/** So long after the last edit the file is put on the disk itself; until then only a power cut could take it. */
const restMilliseconds = 2000;

/** One owner at a time, in a worker; nothing in it waits. */
export interface TransactionJournal {
  /** Id of the last transaction in it. */
  readonly last: string | undefined;
  /** Survives the end of the program as soon as it returns. @throws what kept all of them from being written */
  append(transactions: readonly TransactionRecord[]): void;
  /** From the first one on. @param onUnreadable told of bytes that are no transaction any more */
  read(onUnreadable: (bytes: number) => void): Generator<TransactionRecord>;
  /** Begins again with nothing. */
  clear(): void;
  close(): void;
}

/**
 * What a kill has cut off at its end is removed.
 * @param database the name of the database whose transactions it has; the caller owns both
 * @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_STORAGE_READ
 */
export async function openJournal(database: string): Promise<TransactionJournal> {
  const directory = await openDirectory(journalPath);
  try {
    const handle = await directory.getFileHandle(journalName(database), { create: true });
    // A worker that was ended lets go of its files a little later than of its locks.
    return journalIn(await openSyncAccess(handle, 'readwrite-unsafe'));
  } catch (thrown) {
    throw storageError(thrown, 'ERR_STORAGE_READ');
  }
}

function journalIn(access: Awaited<ReturnType<typeof openSyncAccess>>): TransactionJournal {
  let end = access.getSize();
  const file: FrameFile = {
    get size() {
      return end;
    },
    read: (into, at) => access.read(into, { at }),
  };
  const found = lastFrame(file);
  let last = found && transactionIn(found.text).id;
  cutTo(found?.end ?? 0);

  function cutTo(size: number): void {
    if (access.getSize() > size) access.truncate(size);
    end = size;
  }

  let rest: ReturnType<typeof setTimeout> | undefined;
  function flush(): void {
    try {
      access.flush();
    } catch {
      // The bytes are the system's already, which writes them when it can; the database has them as well.
    }
  }
  function flushAtRest(): void {
    clearTimeout(rest);
    rest = setTimeout(flush, restMilliseconds);
  }

  return {
    get last() {
      return last;
    },
    append(transactions) {
      const bytes = framesOf(transactions.map(textOfTransaction));
      try {
        const written = access.write(bytes, { at: end });
        if (written < bytes.length) throw new DOMException('part of it was written', 'QuotaExceededError');
      } catch (thrown) {
        cutTo(end);
        throw thrown;
      }
      end += bytes.length;
      last = transactions.at(-1)?.id ?? last;
      flushAtRest();
    },
    *read(onUnreadable) {
      for (const { text } of framesIn(file, onUnreadable)) yield transactionIn(text);
    },
    clear() {
      cutTo(0);
      last = undefined;
    },
    close() {
      clearTimeout(rest);
      flush();
      access.close();
    },
  };
}
