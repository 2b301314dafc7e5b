// The compact set of ids knows what a Set knows, also of ids that differ in one digit, and takes a fraction of the memory.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createId } from './id.ts';
import { IdSet } from './id-set.ts';

const counted = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

test('it knows exactly what was added', () => {
  const near = fc.tuple(fc.nat({ max: 35 }), fc.constantFrom(...'0123456789abcdef')).map(([at, digit]) => {
    const id = counted(0);
    return id[at] === '-' ? id : id.slice(0, at) + digit + id.slice(at + 1);
  });
  const id = fc.oneof(fc.uuid(), near, fc.constant('00000000-0000-0000-0000-000000000000'));
  fc.assert(
    fc.property(fc.array(id, { maxLength: 500 }), fc.array(id), (added, asked) => {
      const [ids, model] = [new IdSet(), new Set(added)];
      for (const one of added) ids.add(one);
      expect(ids.size).toBe(model.size);
      for (const one of [...added, ...asked]) expect(ids.has(one)).toBe(model.has(one));
    }),
  );
});

test('a hundred thousand are found again, random ones and counted ones, and no others', () => {
  for (const make of [createId, counted]) {
    const ids = new IdSet();
    const added = Array.from({ length: 100_000 }, (_, n) => make(n));
    for (const id of added) ids.add(id);
    expect(ids.size).toBe(added.length);
    expect(added.every((id) => ids.has(id))).toBe(true);
    expect(Array.from({ length: 1000 }, (_, n) => make(added.length + n)).some((id) => ids.has(id))).toBe(false);
  }
});
