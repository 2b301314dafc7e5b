// Which calls are one gesture.
import { expect, test } from 'vitest';
import { Gestures } from './gestures.ts';

test('calls about one thing are one gesture until there is a pause, or a call about something else', () => {
  const gestures = new Gestures();
  const first = gestures.of('clip', 1000);
  expect(gestures.of('clip', 1400)).toBe(first);
  expect(gestures.of('clip', 1900)).toBe(first);
  const second = gestures.of('clip', 2401);
  expect(second).not.toBe(first);
  const other = gestures.of('other clip', 2402);
  expect(new Set([first, second, other, gestures.of('clip', 2403)]).size).toBe(4);
});
