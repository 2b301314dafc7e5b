// A session as it is after some work: files, timelines, and the random commands that were accepted on it.
import type { EditCommand } from '../../app/protocol/commands.ts';
import { Session, type SessionDependencies } from '../../app/session/session.ts';
import { MemoryTransport, testId } from '../../app/session/testing/fixtures.ts';
import { Random } from '../../app/session/testing/random.ts';
import { RandomCommands } from '../../app/session/testing/random-commands.ts';

export type Options = Pick<SessionDependencies, 'store'>;

/** Keeps no list of what it was asked. */
class ForgetfulTransport extends MemoryTransport {
  constructor() {
    super();
    this.calls.push = () => 0;
  }
}

/** A session whose ids and times are the same every time, with four files and six timelines. */
export const openSession = (options: Options): Promise<Session> => openNumbered(options, { ids: 0 });

async function openNumbered({ store }: Options, numbers: { ids: number }): Promise<Session> {
  let time = 1_000_000;
  const session = await Session.open({
    store,
    transport: new ForgetfulTransport(),
    device: 'device',
    author: testId(1),
    now: () => time++,
    createId: () => testId(++numbers.ids, 7),
  });
  for (const command of furniture()) {
    const reply = await session.dispatch(command);
    if (!reply.ok) throw new Error(reply.error.msg);
  }
  return session;
}

function furniture(): EditCommand[] {
  const numbers = [0, 1, 2, 3, 4, 5];
  const files = numbers.slice(0, 4).map(
    (n): EditCommand => ({
      cmd: 'ADD_FILE',
      file: {
        name: `File ${n}`,
        content_hash: n.toString(16).padStart(64, '0'),
        sample_rate: 48_000,
        bit_depth: 32,
        channels: 2,
        frames: 480_000,
        duration: 10,
        container: 'wav',
        source: 'import',
      },
    }),
  );
  const timelines = numbers.map(
    (n): EditCommand => ({
      cmd: 'CREATE_TIMELINE',
      name: `Timeline ${n}`,
      type: 'mixed',
      timebase: n % 2 === 0 ? 'seconds' : 'beats',
    }),
  );
  return [...files, ...timelines];
}

/** So many random commands that a session opened by `openSession` accepts one after the other. */
export async function acceptedCommands(options: Options, count: number): Promise<EditCommand[]> {
  const numbers = { ids: 0 };
  const session = await openNumbered(options, numbers);
  const source = new RandomCommands(session, new Random(count));
  const accepted: EditCommand[] = [];
  while (accepted.length < count) {
    const command = source.next();
    const { ids } = numbers;
    if ((await session.dispatch(command)).ok) accepted.push(command);
    else numbers.ids = ids;
  }
  await session.idle();
  return accepted;
}
