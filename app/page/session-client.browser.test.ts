// A tab's line to sessions that come and go: every command happens exactly once, and every question is answered.
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { AtomeError } from '../protocol/errors.ts';
import { createLogger } from '../protocol/logger.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import { openTestSession } from '../session/testing/fixtures.ts';
import { MemoryStore } from '../session/testing/memory-store.ts';
import type { SoundPage } from '../workers/session-api.ts';
import { SessionClients } from '../workers/session-clients.ts';
import { sessionQuestions } from '../workers/session-questions.ts';
import { SessionLine } from './session-client.ts';

const noSound = async (): Promise<never> => {
  throw new AtomeError('ERR_ENGINE_START', 'no sound here');
};
const page: SoundPage = {
  startSound: noSound,
  stopSound: noSound,
  status: noSound,
  position: noSound,
  features: noSound,
};

/** A store over another one that outlives it: once its owner has died, nothing more is written and nobody hears of it. */
class MortalStore extends MemoryStore {
  #dead = false;
  readonly #kept: MemoryStore;

  constructor(kept: MemoryStore) {
    super();
    this.#kept = kept;
  }

  die(): void {
    this.#dead = true;
  }

  override load = () => this.#kept.load();
  override heads = () => this.#kept.heads();
  override transaction = (id: string) => this.#kept.transaction(id);
  override async append(records: readonly TransactionRecord[]): Promise<void> {
    await tick();
    if (this.#dead) return new Promise(() => undefined);
    return this.#kept.append(records);
  }
}

const tick = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });

const owners: { die(): void }[] = [];
afterEach(() => {
  for (const owner of owners.splice(0)) owner.die();
});

/** A session over what is kept, as a tab owns it. */
async function own(kept: MemoryStore, begun: Promise<void> = Promise.resolve()) {
  const store = new MortalStore(kept);
  const { session, timelineId } = await openTestSession({ store });
  const { port1: port, port2: home } = new MessageChannel();
  const questions = sessionQuestions(session, store, undefined, page);
  const logger = createLogger('session', 'prod', () => undefined);
  const clients = new SessionClients({ session, questions, page, begun, isSounding: () => false, logger }, home);
  const die = (): void => {
    store.die();
    clients.deafen();
    clients.close();
  };
  owners.push({ die });
  return { port, timelineId, die };
}

async function connected() {
  const kept = new MemoryStore();
  const line = new SessionLine();
  const owner = await own(kept);
  line.connect(owner.port);
  await line.ready;
  return { kept, line, owner };
}

const markers = (line: SessionLine): number[] =>
  Object.values(line.state.objects)
    .flatMap((object) => (object.kind === 'TimelineMarkerAtome' ? [object.time] : []))
    .sort((a, b) => a - b);

test('sessions die at any moment: every command happens once, in order, and is answered with what it made', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ commands: fc.nat(5), ticks: fc.nat(8), dies: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
      }),
      async (rounds) => {
        const { kept, line, owner: first } = await connected();
        const { timelineId } = first;
        let owner = first;
        let time = 0;
        const replies: ReturnType<SessionLine['dispatch']>[] = [];
        for (const { commands, ticks, dies } of rounds) {
          for (let count = 0; count < commands; count++) {
            replies.push(line.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: time++ }));
          }
          for (let count = 0; count < ticks; count++) await tick();
          if (!dies) continue;
          owner.die();
          owner = await own(kept);
          line.connect(owner.port);
        }
        const made = (await Promise.all(replies)).flatMap((reply) => (reply.ok ? [...(reply.created ?? [])] : []));
        expect(made).toHaveLength(time);
        const state = await line.ask('state');
        expect(made.map((id) => state.objects[id])).toMatchObject(made.map((_, index) => ({ time: index })));
        expect(markers(line)).toEqual(made.map((_, index) => index));
        const order = (await kept.heads()).filter(({ label }) => label === 'Add marker');
        expect(order.flatMap(({ created }) => created)).toEqual(made);
        owner.die();
      },
    ),
    { numRuns: 40 },
  );
}, 60_000);

test('without an owner commands and questions wait for the next one', async () => {
  const { kept, line, owner } = await connected();
  owner.die();
  line.disconnect();
  const [reply, objects] = [
    line.dispatch({ cmd: 'ADD_MARKER', timeline_id: owner.timelineId, time: 1 }),
    line.ask('objects', 'TimelineAtome'),
  ];
  for (let count = 0; count < 5; count++) await tick();
  line.connect((await own(kept)).port);
  expect(await reply).toMatchObject({ ok: true });
  expect(await objects).toMatchObject([{ id: owner.timelineId }]);
});

test('where there is no owner and will be none everything is refused, until there is one after all', async () => {
  const { kept, line, owner } = await connected();
  owner.die();
  const marker = { cmd: 'ADD_MARKER', timeline_id: owner.timelineId, time: 1 } as const;
  const waiting = line.dispatch(marker);
  line.fail(new AtomeError('ERR_WORKER', 'session'));
  expect(await waiting).toMatchObject({ ok: false, error: { name: 'ERR_WORKER' } });
  expect(await line.dispatch(marker)).toMatchObject({ ok: false, error: { name: 'ERR_WORKER' } });
  await expect(line.ask('state')).rejects.toMatchObject({ name: 'ERR_WORKER' });
  line.connect((await own(kept)).port);
  expect(await line.dispatch(marker)).toMatchObject({ ok: true });
});

test('a command counts as it was when it was given, and one that cannot be sent is answered', async () => {
  const { kept, line, owner } = await connected();
  owner.die();
  line.disconnect();
  const command = { cmd: 'ADD_MARKER', timeline_id: owner.timelineId, time: 1 };
  const reply = line.dispatch(command as { cmd: 'ADD_MARKER'; timeline_id: string; time: number });
  command.time = 2;
  line.connect((await own(kept)).port);
  expect(await reply).toMatchObject({ ok: true });
  expect(markers(line)).toEqual([1]);
  const unsendable = { cmd: 'ADD_MARKER', timeline_id: owner.timelineId, time: () => 3 };
  expect(await line.dispatch(unsendable as never)).toMatchObject({ ok: false, error: { name: 'ERR_BAD_COMMAND' } });
});

test('a question that fails is answered with its error', async () => {
  const { line } = await connected();
  await expect(line.ask('recordOutput', 1)).rejects.toMatchObject({ name: 'ERR_ENGINE_START' });
  await expect(line.ask('constructor' as 'state')).rejects.toMatchObject({ name: 'ERR_UNKNOWN_COMMAND' });
});

test('commands wait until the engine knows what there is; the state does not', async () => {
  const line = new SessionLine();
  const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
  const { port, timelineId } = await own(new MemoryStore(), begun);
  line.connect(port);
  await line.ready;
  const answered: string[] = [];
  const marked = line
    .dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time: 1 })
    .then(({ ok }) => answered.push(`marked: ${ok}`));
  // A question that was asked later and is answered shows that the command has arrived and waits.
  expect(Object.keys((await line.ask('state')).objects)).not.toHaveLength(0);
  expect(markers(line)).toEqual([]);
  answered.push('begun');
  begin();
  await marked;
  expect(answered).toEqual(['begun', 'marked: true']);
  expect(markers(line)).toEqual([1]);
});
