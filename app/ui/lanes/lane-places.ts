// Where the things of a lane stand: those in sight, each with the room up to the next.
import type { Seconds } from '../../core/units.ts';
import { timeToX, type Viewport } from '../../editor/viewport.ts';

export interface LaneItem {
  readonly id: string;
  readonly time: Seconds;
}

export interface LanePlace {
  /** CSS pixels from the left edge of the lane. */
  readonly x: number;
  /** CSS pixels up to the next one. */
  readonly room: number;
  /** Counted from 1, among all. */
  readonly number: number;
}

/** Names may reach so far into the window from the left of it. */
const overhang = 200;

/** @param items ascending in time. @param kept one that has its place even out of sight. */
export function placesOf(items: readonly LaneItem[], view: Viewport, kept?: string): ReadonlyMap<string, LanePlace> {
  const places = new Map<string, LanePlace>();
  for (const [index, { id, time }] of items.entries()) {
    const x = timeToX(view, time);
    if (id !== kept && (x < -overhang || x > view.width)) continue;
    const next = items[index + 1];
    places.set(id, { x, room: next ? timeToX(view, next.time) - x : Number.POSITIVE_INFINITY, number: index + 1 });
  }
  return places;
}

/** The item that arrows lead to; the one itself at either end. */
export function neighbourOf(items: readonly LaneItem[], id: string, key: string): string | undefined {
  const index = items.findIndex((item) => item.id === id);
  if (key === 'Home') return items[0]?.id;
  if (key === 'End') return items.at(-1)?.id;
  const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
  return by === 0 ? undefined : items[Math.max(0, Math.min(items.length - 1, index + by))]?.id;
}
