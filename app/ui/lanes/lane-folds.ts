// Which of the lanes above the clips are unfolded: a choice of this person in this browser.
import { createSignal } from 'solid-js';
import { readPreference, writePreference } from '../preferences.ts';

export const timeLanes = ['markers', 'tempo', 'events'] as const;
export type TimeLaneName = (typeof timeLanes)[number];

/** Small windows need their height for the clips. */
const atFirst = (): string => (matchMedia('(width >= 1024px)').matches ? 'markers' : '');
const [unfolded, setUnfolded] = createSignal((readPreference('lanes') ?? atFirst()).split(' '));

/** Reactive. */
export const isUnfolded = (name: TimeLaneName): boolean => unfolded().includes(name);

export function toggleLane(name: TimeLaneName): void {
  const names = timeLanes.filter((lane) => isUnfolded(lane) !== (lane === name));
  setUnfolded(names);
  writePreference('lanes', names.join(' '));
}
