// Group commit: order, grouping, and failures that stay with their own item.
import { expect, test } from 'vitest';
import { AppendQueue } from './append-queue.ts';

function recorder(failing: (items: readonly number[]) => boolean = () => false) {
  const groups: number[][] = [];
  const write = async (items: readonly number[]): Promise<void> => {
    await Promise.resolve();
    if (failing(items)) throw new Error('refused');
    groups.push([...items]);
  };
  return { groups, write };
}

test('what arrives while a group is written goes together into the next one', async () => {
  const { groups, write } = recorder();
  const queue = new AppendQueue(write, () => 1, 100);
  await Promise.all([1, 2, 3, 4].map((item) => queue.append(item)));
  expect(groups).toEqual([[1], [2, 3, 4]]);
});

test('a group is closed at its weight', async () => {
  const { groups, write } = recorder();
  const queue = new AppendQueue<number>(write, (item) => item, 10);
  await Promise.all([1, 6, 6, 6, 50, 1].map((item) => queue.append(item)));
  expect(groups).toEqual([[1], [6, 6], [6, 50], [1]]);
});

test('an item that cannot be written fails alone; its neighbours are written in order', async () => {
  const { groups, write } = recorder((items) => items.includes(3));
  const queue = new AppendQueue(write, () => 1, 100);
  const settled = await Promise.allSettled([1, 2, 3, 4].map((item) => queue.append(item)));
  expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(groups).toEqual([[1], [2], [4]]);
});

test('an append after everything settled starts a new group', async () => {
  const { groups, write } = recorder();
  const queue = new AppendQueue(write, () => 1, 100);
  await queue.append(1);
  await queue.settled();
  await queue.append(2);
  expect(groups).toEqual([[1], [2]]);
});
