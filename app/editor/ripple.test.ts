// Moves of one and of several clips, with and without what lies behind them.
import { expect, test } from 'vitest';
import { moveCommands } from './ripple.ts';
import { clipNamed, sceneOf } from './testing/fixtures.ts';

const scene = sceneOf();
const a = { clip: clipNamed(scene, 'a'), play_position: 7 };
const b = { clip: clipNamed(scene, 'b'), play_position: 3, group_id: 'two' };

test('clips are moved as they are told, one of them with what lies behind it', () => {
  const first = { cmd: 'MOVE_CLIP', clip_id: 'a', play_position: 7 };
  const second = { cmd: 'MOVE_CLIP', clip_id: 'b', play_position: 3, group_id: 'two' };
  expect(moveCommands(scene, [a, b], false)).toEqual([first, second]);
  expect(moveCommands(scene, [a], true)).toEqual([{ ...first, ripple: true }]);
});

test('several clips that ripple are parked behind everything, apart from each other, and put in from the earliest on', () => {
  const commands = moveCommands(scene, [a, b], true);
  expect(commands.every(({ ripple }) => ripple)).toBe(true);
  expect(commands.map(({ clip_id }) => clip_id)).toEqual(['a', 'b', 'b', 'a']);
  const [first = 0, second = 0, ...last] = commands.map(({ play_position }) => play_position);
  expect(first).toBeGreaterThan(7 + 2);
  expect(second).toBeGreaterThan(first + 2);
  expect(last).toEqual([3, 7]);
});
