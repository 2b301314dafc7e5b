// What the session worker has on disk: read as soon as there is a worker, and looked after once the session runs.
import type { Disposer } from '../core/disposer.ts';
import { type ErrorReport, errorReport, reportOf } from '../protocol/errors.ts';
import type { Logger } from '../protocol/logger.ts';
import type { SessionApi } from '../session/types.ts';
import { beginFreshLog } from '../storage/fresh-log.ts';
import { openJournaledStore } from '../storage/journaled-store.ts';
import { holdLock } from '../storage/locks.ts';
import type { CopyingObjectStore, StoredSession } from '../storage/types.ts';
import { keepCopies } from './session-copies.ts';

export interface SessionStorage {
  readonly store: CopyingObjectStore;
  /** What the store holds; to be gone through once. */
  readonly stored: StoredSession;
  /** Tells what has happened so far and from now on. @param onError what a person has to know */
  report(logger: Logger, onError: (report: ErrorReport) => void): void;
  /** To be called when the start is over. */
  lookAfter(session: Pick<SessionApi, 'onTransaction'>, logger: Logger): Disposer;
  /** Lets the next owner in; the store is closed before. */
  release(): void;
}

/** Whoever opens the store waits until the one before has ended, however that came about. */
const storeLock = 'atome-flow-session';
/** A new log is begun when a start is long over: it takes the browser as long as a start does, and disturbs what is done meanwhile. */
const freshLogMilliseconds = 10_000;

/**
 * @param onRestoring told when the browser had lost edits and they are being brought back
 * @throws AtomeError ERR_STORAGE_UNAVAILABLE, ERR_STORAGE_READ, ERR_DISK_FULL, ERR_NEWER_PROGRAM, ERR_DATABASE_BROKEN
 */
export async function openSessionStorage(onRestoring: () => void): Promise<SessionStorage> {
  const release = await holdLock(storeLock);
  const early: unknown[] = [];
  let troubled = (thrown: unknown): void => void early.push(thrown);
  const store = await openJournaledStore('atome-project', { onRestoring, onTrouble: (thrown) => troubled(thrown) });
  const stored = await store.load();
  return {
    store,
    stored,
    release,
    report(logger, onError) {
      const { restored } = stored;
      if (restored) logger.warning('the browser had lost stored edits, which the journal gave back', restored);
      if (restored && restored.unreadableBytes > 0) {
        onError(errorReport('ERR_JOURNAL_DAMAGED', `${restored.unreadableBytes} bytes`));
      }
      troubled = (thrown) => {
        logger.warning('the journal does not have the last edits', reportOf(thrown, 'ERR_STORAGE_WRITE'));
      };
      for (const thrown of early) troubled(thrown);
    },
    lookAfter(session, logger) {
      setTimeout(() => void freshLog(logger), freshLogMilliseconds);
      return keepCopies(session, store, logger);
    },
  };
}

async function freshLog(logger: Logger): Promise<void> {
  try {
    await beginFreshLog();
  } catch (thrown) {
    logger.warning('no new log was begun', reportOf(thrown, 'ERR_STORAGE_WRITE'));
  }
}
