// The parts of a timeline for which what repeats without end is laid out.
import type { Seconds } from '../core/units.ts';

/** `[from, until)` in seconds of a timeline on top. */
export interface Window {
  readonly from: Seconds;
  readonly until: Seconds;
}

export const everywhere: readonly Window[] = [{ from: 0, until: Number.POSITIVE_INFINITY }];

/** In order, those that touch as one. */
export function merged(windows: readonly Window[]): Window[] {
  const all: Window[] = [];
  for (const window of windows.toSorted((one, other) => one.from - other.from)) {
    const last = all.at(-1);
    if (last && window.from <= last.until) all[all.length - 1] = { ...last, until: Math.max(last.until, window.until) };
    else all.push(window);
  }
  return all;
}

/** @param windows as `merged` leaves them. */
export const isWithin = (windows: readonly Window[], { from, until }: Window): boolean =>
  windows.some((window) => from >= window.from && until <= window.until);

export const overlaps = (windows: readonly Window[], begin: Seconds, end: Seconds): boolean =>
  windows.some(({ from, until }) => begin < until && end > from);

export const sameWindows = (one: readonly Window[], other: readonly Window[]): boolean =>
  one.length === other.length &&
  one.every(({ from, until }, index) => from === other[index]?.from && until === other[index]?.until);
