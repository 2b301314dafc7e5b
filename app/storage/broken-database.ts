// A database that the browser cannot open or read any more is removed, where a journal has what was in it.
import { deleteDB } from 'idb';
import { AtomeError } from '../protocol/errors.ts';
import { quietly } from './object-log.ts';
import { openObjectStore } from './object-store.ts';
import { isBroken } from './patient-opening.ts';
import { hasNewerJournal, type TransactionJournal } from './transaction-journal.ts';
import type { LoggedObjectStore, StoredObject, StoredSession } from './types.ts';

/** A removal that takes longer has been refused. */
const removalMilliseconds = 5000;

/** @throws AtomeError ERR_DATABASE_BROKEN where there is no journal to make it anew from; all that `openObjectStore` does */
export async function openOrRemake(
  database: string,
  opening: Promise<TransactionJournal | undefined>,
): Promise<LoggedObjectStore> {
  try {
    return await openObjectStore(database);
  } catch (thrown) {
    if (!isBroken(thrown)) throw thrown;
    return remake(database, await opening, thrown);
  }
}

/**
 * In place of a store that could not be read: the same where it can be by now, else an empty one.
 * @throws what was thrown, where that says nothing about what is stored, or where there is nothing to make it anew from
 */
export async function remakeUnreadable(
  database: string,
  store: LoggedObjectStore,
  opening: Promise<TransactionJournal | undefined>,
  thrown: unknown,
): Promise<LoggedObjectStore> {
  if (!(thrown instanceof AtomeError) || thrown.name !== 'ERR_STORAGE_READ') throw thrown;
  store.close();
  const again = await openOrRemake(database, opening);
  if (await isReadable(again)) return again;
  again.close();
  return remake(database, await opening, thrown);
}

async function isReadable(store: LoggedObjectStore): Promise<boolean> {
  try {
    await store.newest();
    const { objects } = await store.load();
    for await (const _part of objects);
    return true;
  } catch {
    return false;
  }
}

/** Objects that are still being read: where some of them cannot be, all of them come once more. */
export async function* readOrAnew(
  objects: StoredSession['objects'],
  anew: (thrown: unknown) => Promise<StoredSession['objects']>,
): AsyncGenerator<readonly StoredObject[]> {
  try {
    yield* objects;
  } catch (thrown) {
    yield* await anew(thrown);
  }
}

/** An empty one in its place. @throws AtomeError ERR_DATABASE_BROKEN, ERR_NEWER_PROGRAM */
async function remake(
  database: string,
  journal: TransactionJournal | undefined,
  thrown: unknown,
): Promise<LoggedObjectStore> {
  if (journal?.last === undefined) throw thrown;
  if (await hasNewerJournal(database)) throw new AtomeError('ERR_NEWER_PROGRAM', 'journal');
  await removeDatabase(database);
  return openObjectStore(database);
}

/** Connections that are closed already first end what they were reading. @throws AtomeError ERR_DATABASE_BROKEN */
async function removeDatabase(database: string): Promise<void> {
  const tooLong = Promise.withResolvers<never>();
  const patience = setTimeout(() => tooLong.reject(new Error('it is in use elsewhere')), removalMilliseconds);
  const removed = quietly(deleteDB(database));
  try {
    await Promise.race([removed, tooLong.promise]);
  } catch (thrown) {
    throw new AtomeError('ERR_DATABASE_BROKEN', String(thrown));
  } finally {
    clearTimeout(patience);
  }
}
