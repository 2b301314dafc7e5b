// Object ids are UUIDs; paths and keys are only ever built from validated ones.

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const hashPattern = /^[0-9a-f]{64}$/;

export type Id = string;
/** SHA-256 in lower-case hex: the identity of a blob. */
export type ContentHash = string;

export const createId = (): Id => crypto.randomUUID();
export const isId = (value: unknown): value is Id => typeof value === 'string' && uuidPattern.test(value);
export const isContentHash = (value: unknown): value is ContentHash =>
  typeof value === 'string' && hashPattern.test(value);
