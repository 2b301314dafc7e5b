// What lies under a point of the lane area or the ruler, the topmost first.
import { shownFades } from './fade.ts';
import { clipRect, type LaneLayout, laneAt, loopBarHeight, nameStripeHeight } from './layout.ts';
import type { Scene, SceneClip } from './scene.ts';
import { timeToX, type Viewport, xToTime } from './viewport.ts';

export type ClipPart = 'body' | 'left' | 'right' | 'fadeIn' | 'fadeOut';

export type Hit =
  | { readonly kind: 'clip'; readonly clip: SceneClip; readonly part: ClipPart }
  | { readonly kind: 'lane'; readonly lane: number }
  | { readonly kind: 'ruler' }
  | { readonly kind: 'loop'; readonly part: 'body' | 'left' | 'right' | 'empty' };

/** Reach of edges and handles around their line, in pixels; fingers need more. */
export interface Reach {
  readonly edge: number;
  readonly handle: number;
}

export const mouseReach: Reach = { edge: 6, handle: 8 };
export const touchReach: Reach = { edge: 16, handle: 22 };

/** Clips narrower than this have a body only, so that they can still be moved. */
const narrow = (reach: Reach): number => reach.edge * 3;

/** Where the fade handles of a clip are drawn and grasped: at the inner ends of the fades, at the top of the waveform. */
export function fadeHandles(layout: LaneLayout, view: Viewport, clip: SceneClip) {
  const rect = clipRect(layout, view, clip);
  const y = rect.y + nameStripeHeight + 5;
  const fades = shownFades(clip);
  return {
    y,
    inX: Math.min(rect.x + rect.width - 4, Math.max(rect.x + 7, timeToX(view, clip.start + fades.in))),
    outX: Math.max(rect.x + 4, Math.min(rect.x + rect.width - 7, timeToX(view, clip.end - fades.out))),
  };
}

function partAt(layout: LaneLayout, view: Viewport, clip: SceneClip, x: number, y: number, reach: Reach): ClipPart {
  const rect = clipRect(layout, view, clip);
  if (rect.width < narrow(reach)) return 'body';
  if (rect.width > reach.handle * 4 && !clip.picture) {
    const { inX, outX, y: handleY } = fadeHandles(layout, view, clip);
    if (Math.abs(y - handleY) <= reach.handle) {
      if (Math.abs(x - inX) <= reach.handle) return 'fadeIn';
      if (Math.abs(x - outX) <= reach.handle) return 'fadeOut';
    }
  }
  if (x - rect.x <= reach.edge) return 'left';
  if (rect.x + rect.width - x <= reach.edge) return 'right';
  return 'body';
}

/** The lane area: the topmost clip, or the lane itself. `y` is measured from the top of the lanes' window. */
export function hitLanes(scene: Scene, layout: LaneLayout, view: Viewport, x: number, y: number, reach: Reach): Hit {
  const lane = laneAt(layout, view, y);
  const time = xToTime(view, x);
  const margin = view.secondsPerPixel;
  const under = scene.lanes[lane]?.clips.between(time - margin, time + margin) ?? [];
  for (const clip of under.reverse()) {
    const rect = clipRect(layout, view, clip);
    const inside = x >= rect.x && x <= rect.x + rect.width && y >= rect.y && y <= rect.y + rect.height;
    if (inside) return { kind: 'clip', clip, part: partAt(layout, view, clip, x, y, reach) };
  }
  return { kind: 'lane', lane };
}

/** The ruler: its upper part holds the loop, the lower one moves the playhead. */
export function hitRuler(scene: Scene, view: Viewport, x: number, y: number, reach: Reach): Hit {
  if (y >= loopBarHeight) return { kind: 'ruler' };
  if (!scene.loop) return { kind: 'loop', part: 'empty' };
  const left = timeToX(view, scene.loop.start);
  const right = timeToX(view, scene.loop.end);
  if (Math.abs(x - left) <= reach.edge) return { kind: 'loop', part: 'left' };
  if (Math.abs(x - right) <= reach.edge) return { kind: 'loop', part: 'right' };
  return { kind: 'loop', part: x > left && x < right ? 'body' : 'empty' };
}
