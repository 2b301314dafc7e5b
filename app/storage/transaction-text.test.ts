import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import { textOfTransaction, transactionIn } from './transaction-text.ts';
import { setValue, transactionOf } from './transactions.fixture.ts';

const value = fc.option(fc.jsonValue(), { nil: undefined });
const change: fc.Arbitrary<PropertyChange> = fc.record({
  objectId: fc.uuid(),
  property: fc.string(),
  before: value,
  after: value,
});
const withoutNegativeZero = (json: unknown): unknown => JSON.parse(JSON.stringify({ json })).json;

test('a transaction comes back whole, and what did not exist stays apart from null', () => {
  fc.assert(
    fc.property(fc.array(change), fc.array(change), fc.boolean(), (changes, gesture, undone) => {
      const plain = ({ before, after, ...rest }: PropertyChange): PropertyChange => ({
        ...rest,
        before: withoutNegativeZero(before),
        after: withoutNegativeZero(after),
      });
      const transaction: TransactionRecord = {
        ...transactionOf(1, changes.map(plain)),
        role: undone ? 'undo' : 'do',
        target: undone ? crypto.randomUUID() : null,
        created: ['a', 'b'],
        imported: true,
        continues: { step: 'step', changes: gesture.map(plain) },
      };
      expect(transactionIn(textOfTransaction(transaction))).toStrictEqual(transaction);
    }),
  );
});

test('what a transaction does not say, its copy does not say either', () => {
  const transaction = transactionOf(1, [setValue('id', 'gain', null, undefined)]);
  expect(transactionIn(textOfTransaction(transaction))).toStrictEqual(transaction);
});
