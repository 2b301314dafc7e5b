// Where a person left the timeline, so that the page opens there again.
import type { Viewport } from '../../editor/viewport.ts';
import { readPreference, writePreference } from '../preferences.ts';

type KeptView = Pick<Viewport, 'left' | 'secondsPerPixel' | 'top'>;

export const keepView = (timelineId: string, { left, secondsPerPixel, top }: Viewport): void =>
  writePreference('view', [timelineId, left, secondsPerPixel, top].join(' '));

/** Undefined when another timeline, or none, was in sight last. */
export function keptView(timelineId: string): KeptView | undefined {
  const [id, ...numbers] = (readPreference('view') ?? '').split(' ');
  const [left, secondsPerPixel, top] = numbers.map(Number);
  if (id !== timelineId || left === undefined || top === undefined) return undefined;
  if (!secondsPerPixel || ![left, secondsPerPixel, top].every(Number.isFinite)) return undefined;
  return { left, secondsPerPixel, top };
}
