// Transactions for the tests of the object store.
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';

/** Ids that sort by index. */
export const testId = (index: number): string => `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;

export function transactionOf(
  index: number,
  changes: readonly PropertyChange[],
  device = 'device-a',
): TransactionRecord {
  return {
    id: crypto.randomUUID(),
    label: `Edit ${index}`,
    time: { wall: 1_000_000 + index, counter: 0 },
    device,
    author: 'somebody',
    role: 'do',
    target: null,
    changes,
  };
}

export const setValue = (objectId: string, property: string, after: unknown, before?: unknown): PropertyChange => ({
  objectId,
  property,
  before,
  after,
});

/** Transaction `index` sets `value` of the same `count` objects to `index`: any torn write shows as unequal values. */
export const chainedTransaction = (index: number, count: number): TransactionRecord =>
  transactionOf(
    index,
    Array.from({ length: count }, (_, object) => setValue(testId(object), 'value', index, index || undefined)),
  );
