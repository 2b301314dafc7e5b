// Moving and removing lanes: the commands that do it, and nothing at the ends.
import { expect, test } from 'vitest';
import { moveLane, removeLane } from './lane-edits.ts';
import { sceneOf } from './testing/fixtures.ts';

const scene = sceneOf();

const idOf = (lane: number): string | undefined => scene.lanes[lane]?.group?.id;

test('a lane changes places with its neighbour', () => {
  const swapped = [
    { cmd: 'SET_OBJECT', id: idOf(1), properties: { order: 0 } },
    { cmd: 'SET_OBJECT', id: idOf(0), properties: { order: 1 } },
  ];
  expect(moveLane(scene, 0, 1)).toEqual(swapped);
  expect(moveLane(scene, 1, -1)).toEqual(swapped);
});

test('the first lane stays on top, the last one below', () => {
  expect(moveLane(scene, 0, -1)).toEqual([]);
  expect(moveLane(scene, scene.lanes.length - 1, 1)).toEqual([]);
});

test('a lane goes with its clips', () => {
  const clips = scene.lanes[0]?.clips.items.map((clip) => clip.id);
  expect(removeLane(scene, 0)).toEqual([
    { cmd: 'REMOVE_CLIPS', clip_ids: clips },
    { cmd: 'REMOVE_OBJECT', id: idOf(0) },
  ]);
  expect(clips?.length).toBeGreaterThan(0);
});
