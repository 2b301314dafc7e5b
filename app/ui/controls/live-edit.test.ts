// Values on their way: one gesture each, never two under way, and the last one always told.
import { expect, test } from 'vitest';
import type { Command } from '../../protocol/commands.ts';
import type { CommandReply } from '../../protocol/state.ts';
import { createLiveEdit } from './live-edit.ts';

/** A session that answers when the test says so. */
function sessionOf() {
  const heard: Command[] = [];
  const waiting: (() => void)[] = [];
  const run = (command: Command): Promise<CommandReply> =>
    new Promise((resolve) => {
      heard.push(command);
      waiting.push(() => resolve({ ok: true, revId: heard.length }));
    });
  return { heard, client: { run }, answer: () => waiting.shift()?.() };
}

const pans = (heard: readonly Command[]): unknown[] => heard.map((sent) => (sent.cmd === 'SET_CLIP' ? sent.pan : null));
const gestures = (heard: readonly Command[]): unknown[] => heard.map((sent) => 'gesture' in sent && sent.gesture);

test('while one value is under way only the newest of the next is kept, and all are one gesture', async () => {
  const { heard, client, answer } = sessionOf();
  const live = createLiveEdit(client, 'Pan', () => (pan) => [{ cmd: 'SET_CLIP', clip_id: 'a', pan }]);
  for (const pan of [0.1, 0.2, 0.3]) live.onMove(pan);
  expect(pans(heard)).toEqual([0.1]);
  live.onCommit(0.4);
  answer();
  await expect.poll(() => pans(heard)).toEqual([0.1, 0.4]);
  expect(new Set(gestures(heard)).size).toBe(1);
  live.onMove(0.5);
  live.onEnd();
  live.onMove(0.6);
  answer();
  await expect.poll(() => pans(heard)).toEqual([0.1, 0.4, 0.5]);
  answer();
  await expect.poll(() => pans(heard)).toEqual([0.1, 0.4, 0.5, 0.6]);
  expect(new Set(gestures(heard)).size).toBe(3);
});

test('one that is given up is called off, after what the gesture before left to be said', async () => {
  const { heard, client, answer } = sessionOf();
  const live = createLiveEdit(client, 'Pan', () => (pan) => [{ cmd: 'SET_CLIP', clip_id: 'a', pan }]);
  live.onCancel();
  live.onMove(0.1);
  live.onCommit(0.2);
  live.onMove(0.3);
  live.onMove(0.4);
  live.onCancel();
  live.onCancel();
  for (const count of [1, 2, 3]) {
    await expect.poll(() => heard).toHaveLength(count);
    answer();
  }
  expect(heard.map(({ cmd }) => cmd)).toEqual(['SET_CLIP', 'SET_CLIP', 'CANCEL_GESTURE']);
  expect(pans(heard)).toEqual([0.1, 0.2, null]);
  const [first, second, third] = gestures(heard);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test('a gesture speaks of what was at hand when it began, of several things as one step', () => {
  const { heard, client } = sessionOf();
  let ids = ['a', 'b'];
  const live = createLiveEdit(client, 'Gain', () => {
    const begun = ids;
    return (gain) => begun.map((id) => ({ cmd: 'SET_OBJECT', id, properties: { gain } }));
  });
  live.onMove(1);
  ids = ['c'];
  live.onMove(2);
  expect(heard).toMatchObject([{ cmd: 'BATCH', label: 'Gain', commands: [{ id: 'a' }, { id: 'b' }] }]);
});

test('with nothing at hand nothing is sent', () => {
  const { heard, client } = sessionOf();
  createLiveEdit(client, 'Gain', () => () => []).onCommit(1);
  expect(heard).toEqual([]);
});
