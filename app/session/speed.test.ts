// The cost of one command does not grow with the session.
import { expect, test } from 'vitest';
import { addTestFile, createdBy, openTestSession } from './testing/fixtures.ts';

async function sessionOf(count: number) {
  const { session, timelineId } = await openTestSession();
  session.onPatch(() => {});
  const file = await addTestFile(session);
  const add = { cmd: 'ADD_CLIP', timeline_id: timelineId, audio_file_id: file } as const;
  const replies = await Promise.all(
    Array.from({ length: count }, (_, index) => session.dispatch({ ...add, play_position: index })),
  );
  const clips = replies.flatMap(createdBy);
  let turn = 0;
  /** Milliseconds of one command, applied and stored. */
  return async (): Promise<number> => {
    turn += 7;
    const clip_id = clips[turn % clips.length] ?? '';
    const start = performance.now();
    const reply = await session.dispatch({ cmd: 'MOVE_CLIP', clip_id, play_position: turn });
    expect(reply.ok).toBe(true);
    return performance.now() - start;
  };
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

test('with 5,000 objects a command takes at most three times as long as with 50', async () => {
  const [few, many] = [await sessionOf(50), await sessionOf(5000)];
  const times: [few: number[], many: number[]] = [[], []];
  for (let round = 0; round < 2000; round++) {
    times[0].push(await few());
    times[1].push(await many());
  }
  expect(median(times[1]) / median(times[0])).toBeLessThan(3);
});

test('a value of automation costs at most three times as much in a step of 4,000 as in one of 500', async () => {
  const { session, timelineId: target } = await openTestSession();
  const write = { cmd: 'SCHEDULE_AUTOMATION', target, param_path: 'gain', value: 1 } as const;
  /** Milliseconds of one value; the step is taken back. */
  const costIn = async (count: number): Promise<number> => {
    const commands = Array.from({ length: count }, (_, time) => ({ ...write, time }));
    const start = performance.now();
    expect((await session.dispatch({ cmd: 'BATCH', commands })).ok).toBe(true);
    const spent = performance.now() - start;
    await session.dispatch({ cmd: 'UNDO' });
    return spent / count;
  };
  const costs: [few: number[], many: number[]] = [[], []];
  for (let round = 0; round < 7; round++) {
    costs[0].push(await costIn(500));
    costs[1].push(await costIn(4000));
  }
  expect(median(costs[1]) / median(costs[0])).toBeLessThan(3);
});
