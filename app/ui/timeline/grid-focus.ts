// Where the arrow keys lead from one clip to the next.
import type { Scene, SceneClip } from '../../editor/scene.ts';

/** Undefined when the key does not move the focus, or there is nothing that way. */
export function moveFocus(scene: Scene, from: SceneClip, key: string): SceneClip | undefined {
  const items = scene.lanes[from.lane]?.clips.items ?? [];
  const index = items.indexOf(from);
  switch (key) {
    case 'ArrowRight':
      return items[index + 1];
    case 'ArrowLeft':
      return items[index - 1];
    case 'Home':
      return items[0];
    case 'End':
      return items.at(-1);
    case 'ArrowDown':
      return nextLane(scene, from, 1);
    case 'ArrowUp':
      return nextLane(scene, from, -1);
    default:
      return undefined;
  }
}

/** The clip at the same time on the next lane that has any. */
function nextLane(scene: Scene, from: SceneClip, step: 1 | -1): SceneClip | undefined {
  for (let lane = from.lane + step; lane >= 0 && lane < scene.lanes.length; lane += step) {
    const clips = scene.lanes[lane]?.clips;
    const found = clips?.items[clips.nearest(from.start)];
    if (found) return found;
  }
  return undefined;
}
