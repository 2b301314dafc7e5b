// Messages are taken in order and all of them; together when taking them one by one would keep the page busy.
import { createEffect, createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { Inbox } from './inbox.ts';

/** An inbox whose clock moves by `cost` with every message, and a view of what was taken last. */
function watched(cost: number) {
  let now = 0;
  const taken: number[] = [];
  const [last, setLast] = createSignal(0);
  const seen: number[] = [];
  const end = createRoot((dispose) => {
    createEffect(() => seen.push(last()));
    return dispose;
  });
  const inbox = new Inbox<number>(
    (message) => {
      now += cost;
      taken.push(message);
      setLast(message);
    },
    () => now,
  );
  const pass = (milliseconds: number): void => {
    now += milliseconds;
  };
  return { inbox, taken, seen, pass, end };
}

test('a message that comes after a pause is taken at once', () => {
  const { inbox, taken, seen, pass, end } = watched(10);
  for (const message of [1, 2, 3]) {
    inbox.put(message);
    expect(taken.at(-1)).toBe(message);
    pass(10);
  }
  expect(seen).toEqual([0, 1, 2, 3]);
  end();
});

test('what comes while the page is busy is taken together and in order, and shown once', async () => {
  const { inbox, taken, seen, end } = watched(10);
  for (let message = 1; message <= 1000; message++) inbox.put(message);
  expect(taken).toEqual([1]);
  await expect.poll(() => taken.length).toBe(1000);
  expect(taken).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
  expect(seen).toEqual([0, 1, 1000]);
  end();
});

test('a message whose taking throws takes none of the others with it', async () => {
  const taken: number[] = [];
  let now = 0;
  const inbox = new Inbox<number>(
    (message) => {
      now++;
      if (message === 1) throw new Error('cannot be taken');
      taken.push(message);
    },
    () => now,
  );
  expect(() => inbox.put(1)).toThrow('cannot be taken');
  inbox.put(2);
  inbox.put(3);
  await expect.poll(() => taken).toEqual([2, 3]);
});
