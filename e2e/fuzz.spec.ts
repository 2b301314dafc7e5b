// Anything at all through `window.atome`: an answer with a code, never an exception, never a change.
import fc from 'fast-check';
import { expect, test } from './support/fixtures.ts';
import { Studio } from './support/studio.ts';

test('garbage is refused with a code and changes nothing, also what cannot leave the page', async ({ page }) => {
  const studio = await Studio.open(page);
  const before = (await studio.state()).objects;
  const garbage = fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true, withSparseArray: true });
  await fc.assert(
    fc.asyncProperty(garbage, async (input) => {
      const code = await studio.atome.evaluate(async (atome, sent) => {
        const reply = await atome.session.dispatch(sent as never);
        return reply.ok ? 0 : reply.error.code;
      }, input);
      expect(code).toBeGreaterThanOrEqual(4001);
    }),
    { numRuns: 200 },
  );
  const codes = await studio.atome.evaluate(async (atome) => {
    const cyclic: Record<string, unknown> = { cmd: 'SET_CLIP' };
    cyclic.self = cyclic;
    const hostile = [
      () => undefined,
      Symbol('x'),
      new Proxy(
        {},
        {
          get: () => {
            throw new Error('hostile');
          },
        },
      ),
      {
        get cmd() {
          throw new Error('hostile');
        },
      },
      { cmd: 'ADD_MARKER', time: () => 1 },
      new WeakMap(),
      document.body,
      cyclic,
      new Uint8Array(1 << 20),
      { cmd: 'BATCH', commands: Array.from({ length: 1000 }, () => ({})) },
    ];
    return Promise.all(
      hostile.map(async (sent) => {
        const reply = await atome.session.dispatch(sent as never);
        return reply.ok ? 0 : reply.error.code;
      }),
    );
  });
  expect(codes.filter((code) => code < 4001)).toEqual([]);
  expect((await studio.state()).objects).toEqual(before);
  expect((await (await studio.reload()).state()).objects).toEqual(before);
});
