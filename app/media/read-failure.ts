// Tells a file whose bytes cannot be had any more from one whose bytes make no sense.

const names = new Set(['NotFoundError', 'NotReadableError']);

/** What browsers throw when a file was moved, changed or removed since it was chosen. */
export const isReadFailure = (thrown: unknown): boolean => thrown instanceof DOMException && names.has(thrown.name);
