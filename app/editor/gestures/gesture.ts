// What every gesture is: entered with the pointer, previewed while it moves, and ended by one command or by none.
import type { Seconds } from '../../core/units.ts';
import type { Command } from '../../protocol/commands.ts';
import type { LaneLayout, Rect } from '../layout.ts';
import type { Scene, SceneClip } from '../scene.ts';
import { edgesWithout, type SnapTargets } from '../snap.ts';
import { nearestLine } from '../time-grid.ts';
import { showsTransients } from '../transients.ts';
import { rightOf, type Viewport } from '../viewport.ts';

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

/** What is snapped to besides clip edges and the playhead. */
export interface SnapModes {
  readonly grid: boolean;
  readonly markers: boolean;
  readonly transients: boolean;
}

/** What gestures read; `view` changes under them while they scroll at the edges. */
export interface GestureContext {
  readonly scene: Scene;
  readonly layout: LaneLayout;
  readonly view: Viewport;
  readonly selected: ReadonlySet<string>;
  readonly snapping: boolean;
  readonly snapTo: SnapModes;
  /** Attacks in a clip's sound inside (from, to), as far as they are known, in timeline seconds. */
  readonly transientsIn: (clip: SceneClip, from: Seconds, to: Seconds) => Float64Array;
  readonly playhead: Seconds;
  /** Whether what lies behind moved, trimmed and stretched clips moves along. */
  readonly ripple: boolean;
  /** Whether dragged edges stretch the sound rather than trim it; with Alt they do the other. */
  readonly stretching: boolean;
  /** How fast a clip's sound runs by itself, in beats per minute, where that is known. */
  readonly tempoOf: (clip: SceneClip) => number | undefined;
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
  /** Where the playhead is dragged over just now, to be heard. */
  readonly scrub?: Seconds;
  readonly view?: Viewport;
}

export interface Outcome {
  readonly command?: Command | undefined;
  readonly selection?: ReadonlySet<string>;
}

/** What was changed by hand is what is selected then; where nothing was, the selection stays. */
export const outcomeOf = (command: Command | undefined, clips: readonly SceneClip[]): Outcome =>
  command ? { command, selection: new Set(clips.map(({ id }) => id)) } : {};

/** Changes nothing outside itself: dropping it is cancelling it. */
export interface Gesture {
  readonly cursor: string;
  move(context: GestureContext, pointer: PointerSample): Preview;
  commit(context: GestureContext): Outcome;
}

/** A press becomes a drag after so many pixels. */
export const dragPixels = 4;
/** How near, in pixels, a thing is caught. */
export const snapPixels = 8;
/** Least distance of grid lines that are snapped to: the ones that are drawn. */
const gridPixels = 14;

/** Whether transients in sight are caught. */
export const catchesTransients = (context: GestureContext): boolean =>
  context.snapping && context.snapTo.transients && showsTransients(context.view);

/** Transients in sight, of all clips but those whose sound moves. */
function transientsInSight(context: GestureContext, moving: ReadonlySet<string>): Float64Array {
  const { scene, view } = context;
  const from = view.left;
  const to = rightOf(view);
  const found: number[] = [];
  for (const lane of scene.lanes) {
    lane.clips.forEachIn(from, to, (clip) => {
      if (!moving.has(clip.id)) found.push(...context.transientsIn(clip, from, to));
    });
  }
  return Float64Array.from(found).sort();
}

/**
 * What to snap to; nothing while Alt is held or snapping is off.
 * @param moved clips whose edges are no targets. @param moving those whose sound moves along; by default all of them.
 */
export function snapTargets(
  context: GestureContext,
  off: boolean,
  moved: readonly SceneClip[] = [],
  moving: readonly SceneClip[] = moved,
): SnapTargets {
  if (!context.snapping || off) return { edges: new Float64Array(0), others: [] };
  const { scene, view, snapTo } = context;
  const markers = snapTo.markers ? scene.markers.map((marker) => marker.time) : [];
  return {
    edges: edgesWithout(scene.edges, moved),
    others: [0, context.playhead, ...markers],
    ...(catchesTransients(context)
      ? { transients: transientsInSight(context, new Set(moving.map((clip) => clip.id))) }
      : {}),
    ...(snapTo.grid ? { grid: (time: Seconds) => nearestLine(scene.tempo, view, gridPixels, time) } : {}),
  };
}

/** The clips a gesture on `clip` is about: the whole selection when it belongs to it. */
export function clipsMeant(context: GestureContext, clip: SceneClip): SceneClip[] {
  if (!context.selected.has(clip.id)) return [clip];
  return [...context.selected].flatMap((id) => context.scene.clips.get(id) ?? []);
}
