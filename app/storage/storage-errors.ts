// Turns the browser's storage failures into the errors of the schema.
import { AtomeError, type ErrorName } from '../protocol/errors.ts';

const nameOf = (thrown: unknown): string =>
  thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';

export const isQuotaError = (thrown: unknown): boolean =>
  nameOf(thrown) === 'QuotaExceededError' || (thrown instanceof AtomeError && thrown.report.name === 'ERR_DISK_FULL');

export const isNotFound = (thrown: unknown): boolean => nameOf(thrown) === 'NotFoundError';

/** What browsers throw where a database is damaged, and not where storage is forbidden or full. */
const damage: ReadonlySet<string> = new Set(['UnknownError', 'NotReadableError', 'DataError']);

/** The error of the schema for a database that could not be opened. */
export function openingError(thrown: unknown): AtomeError {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  if (nameOf(thrown) === 'VersionError') return new AtomeError('ERR_NEWER_PROGRAM', said);
  if (damage.has(nameOf(thrown))) return new AtomeError('ERR_DATABASE_BROKEN', said);
  return storageError(thrown, 'ERR_STORAGE_UNAVAILABLE');
}

/** The error of the schema for anything that storage threw; `fallback` where nothing better is known. */
export function storageError(thrown: unknown, fallback: ErrorName): AtomeError {
  if (thrown instanceof AtomeError) return thrown;
  if (isQuotaError(thrown)) return new AtomeError('ERR_DISK_FULL');
  if (nameOf(thrown) === 'SecurityError') return new AtomeError('ERR_STORAGE_UNAVAILABLE');
  return new AtomeError(fallback, thrown instanceof Error ? thrown.message : String(thrown));
}
