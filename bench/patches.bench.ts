// 10,000 patches of random commands, applied as a client does, against the state itself; and how large a patch is.
import { createRequire } from 'node:module';
import { isDeepStrictEqual } from 'node:util';
import type * as jsonPatch from 'fast-json-patch';
import { MemoryStore } from '../app/session/testing/memory-store.ts';
import type { BenchContext } from '../scripts/bench-context.ts';
import { acceptedCommands, openSession } from './support/edited-session.ts';
import { percentile } from './support/percentile.ts';

/** The compiled file by its name: the package's own entry would be taken for its TypeScript source, which it does not bring. */
const { applyPatch }: typeof jsonPatch = createRequire(import.meta.url)('fast-json-patch/commonjs/core.js');

const count = 10_000;
const goal = { of: 'value', must: 1024 } as const;

export async function run({ emit }: BenchContext): Promise<void> {
  const commands = await acceptedCommands({ store: new MemoryStore() }, count);
  const session = await openSession({ store: new MemoryStore() });
  const state = structuredClone(session.getState());
  const sizes: number[] = [];
  let applying = 0;
  session.onPatch((patch) => {
    const sent = JSON.stringify(patch);
    sizes.push(Buffer.byteLength(sent));
    const from = performance.now();
    applyPatch(state, JSON.parse(sent).ops);
    applying += performance.now() - from;
  });
  for (const command of commands) {
    if (sizes.length >= count) break;
    await session.dispatch(command);
    await session.idle();
  }
  const same = isDeepStrictEqual(JSON.parse(JSON.stringify(session.getState())), state);
  if (sizes.length < count || !same) throw new Error(`${sizes.length} patches do not give the state they should`);
  emit({
    case: `${sizes.length} patches give the state itself; one, p95`,
    value: percentile(sizes, 95),
    unit: 'bytes',
    goal,
  });
  emit({ case: 'applying one', value: (1000 * applying) / sizes.length, unit: 'us' });
}
