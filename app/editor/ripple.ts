// Moving several clips at once so that what lies behind them moves along: taken out one by one, then put in one by one.
import type { CommandOf } from '../protocol/commands.ts';
import { positionAt } from './edits.ts';
import type { Scene, SceneClip } from './scene.ts';

export interface ClipMove {
  readonly clip: SceneClip;
  /** In the timeline's timebase. */
  readonly play_position: number;
  /** Without it the clip stays on its lane. */
  readonly group_id?: string | null;
}

/**
 * The moves as commands. Rippled, several clips would push each other on their way: each is first parked behind everything
 * else, which closes the gap that it leaves, and then brought to its place from the earliest on, which makes room there.
 */
export function moveCommands(scene: Scene, moves: readonly ClipMove[], ripple: boolean): CommandOf<'MOVE_CLIP'>[] {
  const commands = moves.map(
    ({ clip, ...place }): CommandOf<'MOVE_CLIP'> => ({
      cmd: 'MOVE_CLIP',
      clip_id: clip.id,
      ...place,
      ...(ripple ? { ripple } : {}),
    }),
  );
  if (!ripple || commands.length < 2) return commands;
  const length = moves.reduce((sum, { clip }) => sum + clip.end - clip.start, 0);
  const latest = Math.max(positionAt(scene, scene.end), ...moves.map(({ play_position }) => play_position));
  const spacing = 2 * length + 1;
  const parked = commands.map(({ clip_id }, index): CommandOf<'MOVE_CLIP'> => {
    const play_position = positionAt(scene, scene.tempo.toSeconds(latest) + (index + 1) * spacing);
    return { cmd: 'MOVE_CLIP', clip_id, play_position, ripple };
  });
  return [...parked, ...commands.toSorted((a, b) => a.play_position - b.play_position)];
}
