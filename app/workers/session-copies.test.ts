// When the objects are copied: after the start, and in the first pause after many edits.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLogger } from '../protocol/logger.ts';
import { openTestSession } from '../session/testing/fixtures.ts';
import { keepCopies } from './session-copies.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function watched(copyObjects: () => Promise<void>) {
  const { session, timelineId } = await openTestSession();
  const warnings: string[] = [];
  const logger = createLogger('session', 'prod', ({ level, message }) => level === 'warning' && warnings.push(message));
  const end = keepCopies(session, { copyObjects }, logger);
  const edit = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time++)
      await session.dispatch({ cmd: 'ADD_MARKER', timeline_id: timelineId, time });
  };
  return { end, edit, warnings };
}

test('the start is followed by a copy, and so is the first pause after many edits', async () => {
  let copies = 0;
  const { end, edit } = await watched(async () => void copies++);
  expect(copies).toBe(1);
  await edit(300);
  expect(copies).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  await edit(1);
  await vi.advanceTimersByTimeAsync(1999);
  expect(copies).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(copies).toBe(2);
  await edit(10);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(copies).toBe(2);
  await edit(300);
  end();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(copies).toBe(2);
});

test('a copy that fails is told of in the log, and the next one is made all the same', async () => {
  let copies = 0;
  const { end, edit, warnings } = await watched(async () => {
    copies++;
    throw new DOMException('full', 'QuotaExceededError');
  });
  await edit(300);
  await vi.advanceTimersByTimeAsync(2000);
  expect(copies).toBe(2);
  expect(warnings).toHaveLength(2);
  end();
});
