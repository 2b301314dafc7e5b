// 100,000 random editing commands of all kinds through the session: how many in a second, how long one takes, what stays.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Command, EditCommand } from '../app/protocol/commands.ts';
import type { Session } from '../app/session/session.ts';
import { MemoryStore } from '../app/session/testing/memory-store.ts';
import { type BenchContext, median } from '../scripts/bench-context.ts';
import { acceptedCommands, openSession } from './support/edited-session.ts';
import { FileLog } from './support/file-log.ts';
import { percentile } from './support/percentile.ts';

const count = 100_000;
const rounds = 5;
/** Commands sent without waiting for the answers to those before them. */
const inFlight = 64;
const most = {
  rate: { of: 'rate', must: 20_000 },
  latency: { of: 'value', must: 2 },
  kept: { of: 'value', must: 5 },
} as const;

export async function run({ emit }: BenchContext): Promise<void> {
  emit({ case: 'memory kept when all is undone', value: await keptMemory(), unit: '%', goal: most.kept });
  const commands = await acceptedCommands({ store: new MemoryStore() }, count);
  const rates: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const rate = await rateOf(commands);
    // The first round compiles.
    if (round > 0) rates.push(rate);
  }
  emit({ case: `${count} random commands`, value: median(rates), unit: 'commands/s', goal: most.rate });
  emit({ case: 'one command, p95', value: percentile(await latencies(commands), 95), unit: 'ms', goal: most.latency });
}

async function rateOf(commands: readonly EditCommand[]): Promise<number> {
  const session = await openSession({ store: new MemoryStore() });
  session.onPatch(() => {});
  const from = performance.now();
  for (let at = 0; at < commands.length; at += inFlight) {
    const replies = await Promise.all(commands.slice(at, at + inFlight).map((command) => session.dispatch(command)));
    if (replies.some(({ ok }) => !ok)) throw new Error(refused);
  }
  return (commands.length / (performance.now() - from)) * 1000;
}

const refused = 'a command was refused that was accepted before';

async function accepted(session: Session, command: Command): Promise<void> {
  if (!(await session.dispatch(command)).ok) throw new Error(refused);
}

/** From the dispatch of a command to its answer, each sent when the one before was answered. */
async function latencies(commands: readonly EditCommand[]): Promise<number[]> {
  const session = await openSession({ store: new MemoryStore() });
  session.onPatch(() => {});
  const times: number[] = [];
  for (const command of commands) {
    const from = performance.now();
    await accepted(session, command);
    times.push(performance.now() - from);
  }
  return times;
}

/** What stays in memory, in percent of the heap before the commands; the last edit clears what could be redone. */
async function keptMemory(): Promise<number> {
  const store = new FileLog(20 * count);
  const commands = await asBytes();
  try {
    const session = await openSession({ store });
    const start = await collectedMemory(session);
    for (const command of lines(commands)) await accepted(session, command);
    const { undoDepth } = session.getState().history;
    for (let step = 0; step < undoDepth; step++) await accepted(session, { cmd: 'UNDO' });
    await accepted(session, { cmd: 'SET_TEMPO', bpm: 100 });
    const end = await collectedMemory(session);
    return (100 * (end.heap - start.heap + end.arrays - start.arrays)) / start.heap;
  } finally {
    store.close();
    // Held until here, so that what differs is the session's.
    commands.fill(0);
  }
}

/** Commands outside the heap that is measured. */
async function asBytes(): Promise<Buffer> {
  const commands = await acceptedCommands({ store: new MemoryStore() }, count);
  return Buffer.from(commands.map((command) => JSON.stringify(command)).join('\n'));
}

function* lines(bytes: Buffer): Generator<EditCommand> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf('\n', from);
    const to = end < 0 ? bytes.length : end;
    yield JSON.parse(bytes.toString('utf8', from, to));
    from = to + 1;
  }
}

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** In bytes; typed arrays lie outside the heap. */
async function collectedMemory(session: Session): Promise<{ readonly heap: number; readonly arrays: number }> {
  await session.idle();
  for (let turn = 0; turn < 4; turn++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed: heap, arrayBuffers: arrays } = process.memoryUsage();
  return { heap, arrays };
}
