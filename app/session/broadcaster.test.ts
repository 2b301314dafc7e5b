// The broadcaster with clients that are slow, lose messages or leave.
import jsonPatch, { type Operation } from 'fast-json-patch';
import { expect, test } from 'vitest';
import { wholeState } from '../protocol/full-state.ts';
import type { OwnerMessage } from '../protocol/messages.ts';
import type { AppState } from '../protocol/state.ts';
import { StateBroadcaster } from './broadcaster.ts';
import { openTestSession, testId } from './testing/fixtures.ts';

async function broadcastSession() {
  const { session, timelineId } = await openTestSession();
  const broadcaster = new StateBroadcaster(testId(1, 99), () => session.getState());
  session.onPatch((patch) => broadcaster.patch(patch));
  let time = 0;
  const edit = async (count = 1): Promise<void> => {
    const commands = Array.from({ length: count }, () => ({
      cmd: 'ADD_MARKER' as const,
      timeline_id: timelineId,
      time: time++,
    }));
    await Promise.all(commands.map((command) => session.dispatch(command)));
  };
  const join = (mostUnderWay?: number) => {
    const received: OwnerMessage[] = [];
    const port = { post: (message: OwnerMessage) => received.push(structuredClone(message)) };
    return { received, client: broadcaster.add(port, mostUnderWay) };
  };
  return { session, broadcaster, edit, join };
}

/** The state that a client has after the messages. */
function stateOf(messages: readonly OwnerMessage[]): AppState | undefined {
  let state: AppState | undefined;
  for (const message of messages) {
    if (message.type === 'STATE_FULL') state = structuredClone(wholeState(message));
    if (message.type === 'STATE_PATCH' && state) {
      expect(message.revId).toBe(state.meta.revisionId + 1);
      state = jsonPatch.applyPatch(state, structuredClone(message.ops) as Operation[], true).newDocument;
    }
  }
  return state;
}

const count = (messages: readonly OwnerMessage[], type: OwnerMessage['type']): number =>
  messages.filter((message) => message.type === type).length;

const reply = (id: number): OwnerMessage => ({ type: 'REPLY', id: testId(id, 98), reply: { ok: true, revId: 0 } });

test('a client gets the state as it is when it comes, and from then on every patch', async () => {
  const { session, edit, join } = await broadcastSession();
  await edit(500);
  const { received } = join();
  await edit(3);
  expect(count(received, 'STATE_FULL')).toBe(1);
  expect(received[0]).toMatchObject({ type: 'STATE_FULL', session: testId(1, 99) });
  expect(stateOf(received)).toEqual(session.getState());
});

test('a client that shows nothing gets no more than 256 patches; once it has caught up it gets one full state', async () => {
  const { session, edit, join } = await broadcastSession();
  const { received, client } = join();
  await edit(2000);
  expect(received).toHaveLength(257);
  client.seen(stateOf(received)?.meta.revisionId ?? 0);
  expect(count(received, 'STATE_FULL')).toBe(2);
  await edit(1);
  expect(stateOf(received)).toEqual(session.getState());
});

test('a client that was given more gets so many patches, and no full state between them', async () => {
  const { session, edit, join } = await broadcastSession();
  const { received, client } = join(1000);
  await edit(500);
  expect(count(received, 'STATE_FULL')).toBe(1);
  expect(stateOf(received)).toEqual(session.getState());
  await edit(1000);
  expect(received).toHaveLength(1001);
  client.seen(stateOf(received)?.meta.revisionId ?? 0);
  expect(count(received, 'STATE_FULL')).toBe(2);
  expect(stateOf(received)).toEqual(session.getState());
});

test('a slow client that says now and then what it shows never waits for good, however the two take turns', async () => {
  const { session, edit, join } = await broadcastSession();
  const { received, client } = join();
  let read = 0;
  for (let round = 0; round < 200; round++) {
    await edit(1 + ((round * 37) % 61));
    // It reads 20 messages a round, and tells of every 32nd revision and of every full state.
    for (const end = Math.min(received.length, read + 20); read < end; read++) {
      const message = received[read];
      if (message?.type === 'STATE_FULL') client.seen(message.state.meta.revisionId);
      if (message?.type === 'STATE_PATCH' && message.revId % 32 === 0) client.seen(message.revId);
    }
    expect(received.length - read).toBeLessThan(700);
  }
  for (; read < received.length; read++) {
    const message = received[read];
    if (message?.type === 'STATE_FULL') client.seen(message.state.meta.revisionId);
    if (message?.type === 'STATE_PATCH') client.seen(message.revId);
  }
  await edit(1);
  expect(stateOf(received)).toEqual(session.getState());
});

test('a reply to a slow client comes after the state that it speaks of', async () => {
  const { session, edit, join } = await broadcastSession();
  const { received, client } = join();
  await edit(300);
  client.reply(reply(1));
  expect(count(received, 'REPLY')).toBe(0);
  client.seen(session.getState().meta.revisionId);
  expect(received.slice(-2).map(({ type }) => type)).toEqual(['STATE_FULL', 'REPLY']);
  client.reply(reply(2));
  expect(count(received, 'REPLY')).toBe(2);
});

test('a client that has left gets nothing, and the others go on', async () => {
  const { session, broadcaster, edit, join } = await broadcastSession();
  const [leaving, staying] = [join(), join()];
  leaving.client.leave();
  await edit(2);
  leaving.client.reply(reply(1));
  leaving.client.resync();
  broadcaster.tell({ type: 'OTHER_VERSION' });
  expect(leaving.received).toHaveLength(1);
  expect(count(staying.received, 'OTHER_VERSION')).toBe(1);
  expect(stateOf(staying.received)).toEqual(session.getState());
});
