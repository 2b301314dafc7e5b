// A tab's state behind a channel that drops, repeats and reorders messages: it ends as the session's.
import fc from 'fast-check';
import { createEffect, createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import type { Command } from '../protocol/commands.ts';
import { wholeState } from '../protocol/full-state.ts';
import type { ClientMessage, OwnerMessage } from '../protocol/messages.ts';
import type { StatePatch } from '../protocol/state.ts';
import { type BroadcastClient, StateBroadcaster } from '../session/broadcaster.ts';
import { openTestSession, testId } from '../session/testing/fixtures.ts';
import { StateMirror } from './state-mirror.ts';

/** What becomes of a message: delivered, lost, delivered twice, or after the next one. */
const fates = ['deliver', 'drop', 'repeat', 'late'] as const;
type Fate = (typeof fates)[number];

/** One direction; without a fate in store messages are delivered. */
class FaultyWay<Message> {
  fates: Fate[] = [];
  readonly #deliver: (message: Message) => void;
  #late: Message[] = [];

  constructor(deliver: (message: Message) => void) {
    this.#deliver = deliver;
  }

  post(message: Message): void {
    const sent = structuredClone(message);
    const fate = this.fates.shift() ?? 'deliver';
    if (fate === 'late') this.#late.push(sent);
    if (fate === 'deliver' || fate === 'repeat') this.#deliver(sent);
    if (fate === 'repeat') this.#deliver(structuredClone(sent));
    if (fate !== 'late') for (const late of this.#late.splice(0)) this.#deliver(late);
  }
}

async function openMirror() {
  const { session, timelineId } = await openTestSession();
  const broadcaster = new StateBroadcaster(testId(1, 99), () => session.getState());
  session.onPatch((patch) => broadcaster.patch(patch));
  const steps: StatePatch[] = [];
  let client: BroadcastClient | undefined;
  const up = new FaultyWay<ClientMessage>((message) => {
    if (message.type === 'SEEN') client?.seen(message.revId);
    if (message.type === 'RESYNC') client?.resync();
  });
  const mirror = new StateMirror(
    (message) => up.post(message),
    (patch) => steps.push(structuredClone(patch)),
  );
  const down = new FaultyWay<OwnerMessage>((message) => {
    if (message.type === 'STATE_FULL') mirror.full(wholeState(message));
    if (message.type === 'STATE_PATCH') mirror.patch(message);
    if (message.type === 'STATUS') mirror.newest(message.revId);
  });
  client = broadcaster.add({ post: (message) => down.post(message) });
  const beat = (): void => broadcaster.status({ status: {}, meters: new Float32Array(4), positions: [] });
  return { session, timelineId, mirror, steps, up, down, beat };
}

const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

test('whatever is lost, repeated or reordered both ways, one heartbeat and its answer make the state whole', async () => {
  const fate = fc.constantFrom<Fate>('deliver', ...fates);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fate, { maxLength: 60 }),
      fc.array(fate, { maxLength: 20 }),
      fc.array(fc.constantFrom('mark', 'name', 'undo', 'redo', 'seek', 'many'), { maxLength: 20 }),
      async (downward, upward, edits) => {
        const { session, timelineId, mirror, steps, up, down, beat } = await openMirror();
        down.fates = downward;
        up.fates = upward;
        for (const [index, edit] of edits.entries()) {
          const mark: Command = { cmd: 'ADD_MARKER', timeline_id: timelineId, time: index };
          const commands: Record<typeof edit, Command> = {
            mark,
            name: { cmd: 'SET_OBJECT', id: timelineId, properties: { name: `Name ${index}` } },
            undo: { cmd: 'UNDO' },
            redo: { cmd: 'REDO' },
            seek: { cmd: 'TIMELINE_SEEK', timeline_id: timelineId, to: index },
            many: mark,
          };
          const times = edit === 'many' ? 150 : 1;
          await Promise.all(Array.from({ length: times }, () => session.dispatch(commands[edit])));
        }
        down.fates = [];
        up.fates = [];
        beat();
        expect(plain(mirror.state)).toEqual(plain(session.getState()));
        // What subscribers hear leads there, too: revisions go up, without a gap but for states that replace the whole.
        for (const [index, { ops, revId }] of steps.entries()) {
          const before = steps[index - 1]?.revId;
          if (ops[0]?.path !== '' && before !== undefined) expect(revId).toBe(before + 1);
        }
      },
    ),
    { numRuns: 60 },
  );
}, 60_000);

test('the first state of another session counts, though its revision is lower', async () => {
  const [one, other] = [await openMirror(), await openMirror()];
  for (let time = 0; time < 5; time++) {
    await one.session.dispatch({ cmd: 'ADD_MARKER', timeline_id: one.timelineId, time });
  }
  one.mirror.begin();
  one.mirror.patch({ revId: 2, ops: [] });
  one.mirror.full(structuredClone(other.session.getState()));
  expect(plain(one.mirror.state)).toEqual(plain(other.session.getState()));
  expect(one.steps.at(-1)?.ops).toEqual([{ op: 'replace', path: '', value: other.session.getState() }]);
});

test('views that looked before there was a state are woken by the first one', async () => {
  const { session, timelineId } = await openTestSession();
  const mirror = new StateMirror(
    () => undefined,
    () => undefined,
  );
  const seen: (readonly [name: unknown, objects: number, project: string | null])[] = [];
  const end = createRoot((dispose) => {
    createEffect(() => {
      const { objects, activeProjectId } = mirror.state;
      const timeline = objects[timelineId];
      const name = timeline?.kind === 'TimelineAtome' ? timeline.name : undefined;
      seen.push([name, Object.keys(objects).length, activeProjectId]);
    });
    return dispose;
  });
  expect(mirror.known).toBe(false);
  mirror.full(structuredClone(session.getState()));
  expect(mirror.known).toBe(true);
  const { objects, activeProjectId } = session.getState();
  expect(seen).toEqual([
    [undefined, 0, null],
    [expect.any(String), Object.keys(objects).length, activeProjectId],
  ]);
  end();
});

test('a state that replaces the whole wakes only the views of what differs', async () => {
  const { session, timelineId, mirror, down, beat } = await openMirror();
  const marks = await Promise.all(
    [1, 2].map((time) => session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time })),
  );
  const [kept = '', changed = ''] = marks.flatMap((reply) => (reply.ok ? [...(reply.created ?? [])] : []));
  const woken: string[] = [];
  const end = createRoot((dispose) => {
    for (const id of [kept, changed]) {
      createEffect(() => {
        const object = mirror.state?.objects[id];
        woken.push(object?.kind === 'TimelineMarkerAtome' ? object.name : '');
      });
    }
    return dispose;
  });
  woken.length = 0;
  down.fates = ['drop', 'drop', 'drop'];
  await session.dispatch({ cmd: 'SET_OBJECT', id: changed, properties: { name: 'Chorus' } });
  down.fates = [];
  beat();
  expect(woken).toEqual(['Chorus']);
  end();
});
