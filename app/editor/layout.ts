// Where lanes and the parts of a clip stand, in CSS pixels of the lane area.
import type { Scene, SceneClip } from './scene.ts';
import { timeToX, type Viewport } from './viewport.ts';

/** Height of the strip above the lanes: loop range on top, bars and time below. */
export const rulerHeight = 48;
/** The ruler's upper part, where a loop range is drawn. */
export const loopBarHeight = 16;
export const nameStripeHeight = 16;
export const laneGap = 4;
/** Lanes fill the window where they are few, and stay legible where they are many. */
const comfortable = { least: 72, most: 148 };
/** Empty room below the last lane, where dropped clips make a new one. */
export const roomBelow = 120;

export interface LaneLayout {
  readonly laneHeight: number;
  readonly lanes: number;
}

/** The height that lets all lanes be seen, within reason. @param room CSS pixels. */
export const fittingLaneHeight = (lanes: number, room: number): number =>
  Math.max(comfortable.least, Math.min(comfortable.most, Math.floor((room - laneGap) / Math.max(1, lanes))));

export const contentHeight = (layout: LaneLayout): number => layout.lanes * layout.laneHeight + roomBelow;

/** Top edge of a lane on the screen. */
export const laneTop = (layout: LaneLayout, view: Viewport, lane: number): number =>
  lane * layout.laneHeight - view.top;

/** The lane under `y`: from 0 up; `layout.lanes` in the room below them. */
export const laneAt = (layout: LaneLayout, view: Viewport, y: number): number =>
  Math.max(0, Math.min(layout.lanes, Math.floor((y + view.top) / layout.laneHeight)));

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function clipRect(layout: LaneLayout, view: Viewport, clip: Pick<SceneClip, 'start' | 'end' | 'lane'>): Rect {
  const x = timeToX(view, clip.start);
  return {
    x,
    y: laneTop(layout, view, clip.lane) + laneGap / 2,
    width: Math.max(1, timeToX(view, clip.end) - x),
    height: layout.laneHeight - laneGap,
  };
}

/** First and last lane in sight; last < first when there is none. */
export function lanesInSight(scene: Scene, layout: LaneLayout, view: Viewport): { first: number; last: number } {
  return {
    first: Math.max(0, Math.floor(view.top / layout.laneHeight)),
    last: Math.min(scene.lanes.length - 1, Math.floor((view.top + view.height - 1) / layout.laneHeight)),
  };
}
