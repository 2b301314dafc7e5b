// A transaction as one text and back. JSON has no `undefined`, which says that a property did not exist, so values are in lists
// of one or none.
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';

type WrittenValue = readonly [] | readonly [value: unknown];
type WrittenChange = readonly [objectId: string, property: string, before: WrittenValue, after: WrittenValue];

interface WrittenTransaction extends Omit<TransactionRecord, 'changes' | 'continues'> {
  readonly changes: readonly WrittenChange[];
  readonly continues?: { readonly step: string; readonly changes: readonly WrittenChange[] };
}

/** Values keep what JSON keeps of them; those of the schema are such, but for the sign of zero. */
export function textOfTransaction({ changes, continues, ...head }: TransactionRecord): string {
  const written: WrittenTransaction = {
    ...head,
    ...(continues && { continues: { step: continues.step, changes: continues.changes.map(writtenChange) } }),
    changes: changes.map(writtenChange),
  };
  return JSON.stringify(written);
}

/** @param text made by `textOfTransaction`. @throws SyntaxError for a text that is no JSON */
export function transactionIn(text: string): TransactionRecord {
  const { changes, continues, ...head } = JSON.parse(text) as WrittenTransaction;
  return {
    ...head,
    ...(continues && { continues: { step: continues.step, changes: continues.changes.map(readChange) } }),
    changes: changes.map(readChange),
  };
}

const writtenChange = ({ objectId, property, before, after }: PropertyChange): WrittenChange => [
  objectId,
  property,
  writtenValue(before),
  writtenValue(after),
];

const writtenValue = (value: unknown): WrittenValue => (value === undefined ? [] : [value]);

const readChange = ([objectId, property, [before], [after]]: WrittenChange): PropertyChange => ({
  objectId,
  property,
  before,
  after,
});
