// Packed records come back as they were, whatever they hold, and take the room of what differs in them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packRecords, unpackRecords } from './packed-records.ts';

const value = fc.oneof(
  fc.constantFrom<unknown>(0, -0, 1, NaN, Infinity, '', '0', 'name', null, undefined, true, false, '__proto__'),
  fc.double(),
  fc.string(),
  fc.array(fc.integer(), { maxLength: 3 }),
);
const record = fc.dictionary(fc.constantFrom('a', 'b', 'c', '0'), value);

test('records of any shapes and values come back in their order, with their properties in theirs', () => {
  fc.assert(
    fc.property(fc.array(record, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (few, times) => {
      const records = Array.from({ length: times }, () => few).flat();
      const unpacked = unpackRecords(structuredClone(packRecords(records)));
      expect(unpacked).toEqual(records.map((each) => ({ ...each })));
      expect(unpacked.map(Object.values)).toEqual(records.map(Object.values));
      expect(unpacked.map(Object.keys)).toEqual(records.map(Object.keys));
      expect(new Set(unpacked).size).toBe(records.length);
    }),
  );
});

test('a column of more different values than are told apart is kept as it is', () => {
  const records = Array.from({ length: 2000 }, (_, index) => ({ id: String(index), place: index % 300, gain: 1 }));
  const packed = packRecords(records);
  expect(packed.tables[0]?.columns.map(({ places }) => places !== undefined)).toEqual([false, false, true]);
  expect(unpackRecords(structuredClone(packed))).toEqual(records);
});

test('what is the same in all records is held once', () => {
  const records = Array.from({ length: 1000 }, (_, index) => ({ name: 'clip', color: index % 8 }));
  const [table] = packRecords(records).tables;
  expect(table?.columns.map(({ values }) => values)).toEqual([['clip'], [0, 1, 2, 3, 4, 5, 6, 7]]);
});
