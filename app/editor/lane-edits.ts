// What is done to whole lanes: their order, and taking them away with what is on them.
import type { EditCommand } from '../protocol/commands.ts';
import type { Scene } from './scene.ts';

/** Moves a lane up (-1) or down (1) past its neighbour; nothing at the ends, or for clips without a lane. */
export function moveLane(scene: Scene, lane: number, by: 1 | -1): EditCommand[] {
  const groups = scene.lanes.flatMap(({ group }) => group ?? []);
  const moved = groups[lane];
  const neighbour = groups[lane + by];
  if (!moved || !neighbour) return [];
  groups[lane] = neighbour;
  groups[lane + by] = moved;
  return groups.flatMap((group, order): EditCommand[] =>
    group.order === order ? [] : [{ cmd: 'SET_OBJECT', id: group.id, properties: { order } }],
  );
}

/** Removes a lane and its clips. */
export function removeLane(scene: Scene, lane: number): EditCommand[] {
  const found = scene.lanes[lane];
  if (!found) return [];
  const clipIds = found.clips.items.map((clip) => clip.id);
  return [
    ...(clipIds.length > 0 ? [{ cmd: 'REMOVE_CLIPS', clip_ids: clipIds } as const] : []),
    ...(found.group ? [{ cmd: 'REMOVE_OBJECT', id: found.group.id } as const] : []),
  ];
}
