// What every gesture is: entered with the pointer, previewed while it moves, and ended by one command or by none.
import type { Seconds } from '../../core/units.ts';
import type { Command } from '../../protocol/commands.ts';
import type { LaneLayout, Rect } from '../layout.ts';
import type { Scene, SceneClip } from '../scene.ts';
import { edgesWithout, type SnapTargets } from '../snap.ts';
import { nearestLine } from '../time-grid.ts';
import type { Viewport } from '../viewport.ts';

/** Where the pointer is, in CSS pixels of the lane area (y is negative in the ruler), and what is held down. */
export interface PointerSample {
  readonly x: number;
  readonly y: number;
  readonly shift: boolean;
  readonly alt: boolean;
  /** Ctrl, or Command on a Mac. */
  readonly mod: boolean;
  readonly touch: boolean;
}

/** What gestures read; `view` changes under them while they scroll at the edges. */
export interface GestureContext {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly view: Viewport;
  readonly selected: ReadonlySet<string>;
  readonly snapping: boolean;
  readonly playhead: Seconds;
}

/** A clip as it would become, with the id of the one it comes from. */
export type Ghost = SceneClip;

export interface Preview {
  readonly ghosts?: readonly Ghost[];
  /** The ghosts are copies: what they come from stays in sight. */
  readonly copies?: boolean;
  /** The time that was snapped to. */
  readonly line?: Seconds | undefined;
  /** What would be, in words. */
  readonly words?: string;
  readonly marquee?: Rect;
  readonly selection?: ReadonlySet<string>;
  readonly loop?: { readonly start: Seconds; readonly end: Seconds };
  readonly playhead?: Seconds;
  readonly view?: Viewport;
}

export interface Outcome {
  readonly command?: Command | undefined;
  readonly selection?: ReadonlySet<string>;
}

/** Changes nothing outside itself: dropping it is cancelling it. */
export interface Gesture {
  readonly cursor: string;
  move(context: GestureContext, pointer: PointerSample): Preview;
  commit(context: GestureContext): Outcome;
}

/** How near, in pixels, a thing is caught. */
export const snapPixels = 8;
/** Least distance of grid lines that are snapped to: the ones that are drawn. */
const gridPixels = 14;

/** What to snap to; nothing while Alt is held or snapping is off. */
export function snapTargets(context: GestureContext, off: boolean, moved: Iterable<SceneClip> = []): SnapTargets {
  if (!context.snapping || off) return { edges: new Float64Array(0), others: [] };
  return {
    edges: edgesWithout(context.scene.edges, moved),
    others: [0, context.playhead, ...context.scene.markers.map((marker) => marker.time)],
    grid: (time) => nearestLine(context.scene.tempo, context.view, gridPixels, time),
  };
}

/** The clips a gesture on `clip` is about: the whole selection when it belongs to it. */
export function clipsMeant(context: GestureContext, clip: SceneClip): SceneClip[] {
  if (!context.selected.has(clip.id)) return [clip];
  return [...context.selected].flatMap((id) => context.scene.clips.get(id) ?? []);
}
