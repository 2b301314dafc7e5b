// Checking by remembered values says of every object what its schema says, word for word.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Kind, kindSchemas, kinds } from '../protocol/kinds.ts';
import { KnownValues } from './known-values.ts';
import { openTestSession, testId } from './testing/fixtures.ts';
import { Random } from './testing/random.ts';
import { RandomCommands } from './testing/random-commands.ts';
import { parsedObject } from './validate.ts';

type Properties = Readonly<Record<string, unknown>>;

/** The object, or why it is none. */
function verdict(parse: typeof parsedObject, kind: Kind, properties: Properties): unknown {
  try {
    return parse(testId(1), kind, properties);
  } catch (error) {
    return String(error);
  }
}

const known = new KnownValues();
const knownObject: typeof parsedObject = (id, kind, properties) => known.object(id, kind, properties as Properties);

function expectSame(kind: Kind, properties: Properties): void {
  const expected = verdict(parsedObject, kind, properties);
  const whole = { id: testId(1), kind, ...properties };
  // What it vouches for as it is, parsing leaves as it is.
  if (known.vouchesFor(whole)) expect(expected).toEqual(whole);
  // The first time a value is looked at, and the second, when it may be remembered.
  expect(verdict(knownObject, kind, properties)).toEqual(expected);
  expect(verdict(knownObject, kind, properties)).toEqual(expected);
}

test('objects of random sessions are taken as they are', async () => {
  const { session } = await openTestSession();
  const source = new RandomCommands(session, new Random(7));
  for (let count = 0; count < 500; count++) await session.dispatch(source.next());
  const objects = Object.values(session.getState().objects);
  expect(new Set(objects.map(({ kind }) => kind)).size).toBeGreaterThan(5);
  for (const { id, kind, ...properties } of objects) {
    expect(known.object(id, kind, properties)).toEqual({ id, kind, ...properties });
    expectSame(kind, { ...properties, unheardOf: 1 });
    const isFlat = Object.values(properties).every((value) => typeof value !== 'object' || value === null);
    expect(known.vouchesFor({ id, kind, ...properties })).toBe(isFlat);
    expect(known.vouchesFor({ id, kind, ...properties, unheardOf: 1 })).toBe(false);
    expect(known.vouchesFor({ id, kind, ...properties, deleted: true })).toBe(false);
    expect(known.vouchesFor({ id, kind: 'Unheard', ...properties })).toBe(false);
  }
});

test('whatever an object holds or lacks, the verdict is that of its schema', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown>(
      testId(1),
      testId(2),
      'seconds',
      'wav',
      'name',
      '',
      null,
      undefined,
      true,
      false,
      NaN,
      -0,
      0,
    ),
    fc.constantFrom<unknown>(1, -1, 0.5, 16, 1e12, '4/4', 'a'.repeat(64), [], {}, [testId(1)], { start: 0, end: 1 }),
    fc.anything(),
  );
  const object = fc.constantFrom(...kinds).chain((kind) => {
    const names = Object.keys(kindSchemas[kind].entries);
    const properties = fc.record(Object.fromEntries(names.map((name) => [name, value])), { requiredKeys: [] });
    return fc.tuple(fc.constant(kind), properties);
  });
  fc.assert(
    fc.property(object, ([kind, properties]) => expectSame(kind, properties)),
    { numRuns: 1000 },
  );
});

test('one property of a whole object that is not what it must be is named', async () => {
  const { session } = await openTestSession();
  const timeline = Object.values(session.getState().objects).find(({ kind }) => kind === 'TimelineAtome');
  const properties = Object.fromEntries(Object.entries({ ...timeline }).filter(([name]) => !/^(id|kind)$/.test(name)));
  expect(Object.keys(properties)).not.toHaveLength(0);
  for (const name of Object.keys(properties)) {
    for (const wrong of [Symbol.iterator, 1n, { deep: [] }])
      expectSame('TimelineAtome', { ...properties, [name]: wrong });
    const { [name]: _missing, ...rest } = properties;
    expectSame('TimelineAtome', rest);
    expect(verdict(knownObject, 'TimelineAtome', rest)).toContain(name);
  }
});
