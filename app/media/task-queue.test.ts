// As many tasks as the queue allows run at once, the others wait in order, and whoever is cancelled while waiting leaves at once.
import { expect, test } from 'vitest';
import { TaskQueue } from './task-queue.ts';

const never = new AbortController().signal;

/** A promise to be settled from outside. */
function gate<Value>() {
  const actions: { resolve?: (value: Value) => void; reject?: (reason: Error) => void } = {};
  const promise = new Promise<Value>((resolve, reject) => Object.assign(actions, { resolve, reject }));
  return { promise, ...actions };
}

test('two run, the third begins when one ends, failures free their place', async () => {
  const queue = new TaskQueue(2);
  const begun: number[] = [];
  const gates = Array.from({ length: 4 }, () => gate<number>());
  const runs = gates.map(({ promise }, index) =>
    queue.run(never, () => {
      begun.push(index);
      return promise;
    }),
  );
  expect(begun).toEqual([0, 1]);
  gates[1]?.reject?.(new Error('damaged'));
  await expect(runs[1]).rejects.toThrow('damaged');
  expect(begun).toEqual([0, 1, 2]);
  gates[0]?.resolve?.(10);
  expect(await runs[0]).toBe(10);
  expect(begun).toEqual([0, 1, 2, 3]);
  gates[2]?.resolve?.(12);
  gates[3]?.resolve?.(13);
  expect(await Promise.all([runs[2], runs[3]])).toEqual([12, 13]);
});

test('a cancelled one in the queue leaves without running and without holding a place', async () => {
  const queue = new TaskQueue(2);
  const gates = [gate<void>(), gate<void>()];
  const running = gates.map(({ promise }) => queue.run(never, () => promise));
  const controller = new AbortController();
  let ran = false;
  const waiting = queue.run(controller.signal, async () => {
    ran = true;
  });
  controller.abort(new Error('cancelled'));
  await expect(waiting).rejects.toThrow('cancelled');
  for (const { resolve } of gates) resolve?.();
  await Promise.all(running);
  expect(ran).toBe(false);
  expect(await queue.run(never, async () => 'free')).toBe('free');
});
