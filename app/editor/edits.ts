// Commands as gestures and actions put them together: copies of clips, new lanes, several edits as one step.
import { createId } from '../core/id.ts';
import type { Command, CommandOf, EditCommand } from '../protocol/commands.ts';
import type { AudioClipAtome } from '../protocol/kinds.ts';
import type { Scene } from './scene.ts';

/** What gestures are called in the history. */
export const gestureSteps = {
  move: 'Move clips',
  copy: 'Copy clips',
  trim: 'Trim clips',
  fadeIn: 'Fade in',
  fadeOut: 'Fade out',
} as const;

/** One command for any number of edits; undefined for none. */
export function asOneStep(commands: readonly EditCommand[], label: string): Command | undefined {
  const [first] = commands;
  if (commands.length <= 1) return first;
  return { cmd: 'BATCH', label, commands };
}

/** A new clip that is like `clip` but for the changes. */
export function copyOf(
  clip: AudioClipAtome,
  changes: {
    readonly id: string;
    readonly play_position: number;
    readonly group_id?: string | null;
    timeline_id?: string;
  },
): CommandOf<'ADD_CLIP'> & { readonly id: string } {
  const { project_id: _project, kind: _kind, frozen_by: _frozenBy, ...properties } = clip;
  return { ...properties, ...changes, cmd: 'ADD_CLIP' };
}

export type NewLane = CommandOf<'CREATE_GROUP'> & { readonly id: string; readonly color: number };

/** A new lane below the others, in the next colour. @param ahead new lanes that the same step makes before it. */
export function newLane(scene: Scene, name: string, ahead = 0): NewLane {
  const groups = scene.lanes.flatMap((lane) => lane.group ?? []);
  const order = groups.reduce((highest, group) => Math.max(highest, group.order), -1) + 1 + ahead;
  const color = (groups.length + ahead) % 12;
  return { cmd: 'CREATE_GROUP', id: createId(), timeline_id: scene.timelineId, name, color, order };
}

/** A time as a position in the timeline's timebase; nanoseconds are enough and keep grid positions round. */
export const positionAt = (scene: Scene, seconds: number): number =>
  Math.max(0, Math.round(scene.tempo.fromSeconds(seconds) * 1e9) / 1e9);
