// Turns the browser's storage failures into the errors of the schema.
import { AtomeError, type ErrorName } from '../protocol/errors.ts';

const nameOf = (thrown: unknown): string =>
  thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';

export const isQuotaError = (thrown: unknown): boolean =>
  nameOf(thrown) === 'QuotaExceededError' || (thrown instanceof AtomeError && thrown.report.name === 'ERR_DISK_FULL');

export const isNotFound = (thrown: unknown): boolean => nameOf(thrown) === 'NotFoundError';

/** The error of the schema for anything that storage threw; `fallback` where nothing better is known. */
export function storageError(thrown: unknown, fallback: ErrorName): AtomeError {
  if (thrown instanceof AtomeError) return thrown;
  if (isQuotaError(thrown)) return new AtomeError('ERR_DISK_FULL');
  if (nameOf(thrown) === 'SecurityError') return new AtomeError('ERR_STORAGE_UNAVAILABLE');
  return new AtomeError(fallback, thrown instanceof Error ? thrown.message : String(thrown));
}
