// Commands as gestures and actions put them together: copies of clips, new lanes, several edits as one step.
import { createId } from '../core/id.ts';
import type { Seconds } from '../core/units.ts';
import type { Command, CommandOf, EditCommand } from '../protocol/commands.ts';
import type { AnyClip } from '../protocol/kinds.ts';
import type { Scene, SceneClip } from './scene.ts';

/** What gestures are called in the history. */
export const gestureSteps = {
  move: 'Move clips',
  copy: 'Copy clips',
  trim: 'Trim clips',
  stretch: 'Stretch clips',
  fadeIn: 'Fade in',
  fadeOut: 'Fade out',
} as const;

/** One command for any number of edits; undefined for none. */
export function asOneStep(commands: readonly EditCommand[], label: string): Command | undefined {
  const [first] = commands;
  if (commands.length <= 1) return first;
  return { cmd: 'BATCH', label, commands };
}

type NewClip = CommandOf<'ADD_CLIP'> | CommandOf<'ADD_NESTED_TIMELINE'> | CommandOf<'ADD_ACTION_CLIP'>;

/** A new clip that is like `clip` but for the changes. */
export function copyOf(
  clip: AnyClip,
  changes: {
    readonly id: string;
    readonly play_position: number;
    readonly group_id?: string | null;
    timeline_id?: string;
  },
): NewClip & { readonly id: string } {
  switch (clip.kind) {
    case 'AudioClipAtome': {
      const { project_id: _project, kind: _kind, frozen_by: _frozenBy, ...properties } = clip;
      return { ...properties, ...changes, cmd: 'ADD_CLIP' };
    }
    case 'TimelineClipAtome': {
      const { project_id: _project, kind: _kind, ...properties } = clip;
      return { ...properties, ...changes, cmd: 'ADD_NESTED_TIMELINE' };
    }
    case 'ActionClipAtome': {
      const { project_id: _project, kind: _kind, ...properties } = clip;
      return { ...properties, ...changes, cmd: 'ADD_ACTION_CLIP' };
    }
  }
}

/** A clip that is no sound, made as long as it is drawn; what repeats is as long as one round. */
export function lengthened(scene: Scene, { source, start }: SceneClip, end: Seconds): EditCommand {
  const length =
    source.kind === 'ActionClipAtome'
      ? (end - start) / source.repeats
      : positionAt(scene, end) - positionAt(scene, start);
  return { cmd: 'SET_OBJECT', id: source.id, properties: { duration: length } };
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
