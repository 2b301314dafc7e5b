// Which of two versions of one property is current: the highest (clock, device) wins, wherever and whenever it arrives.
import { compareHybridTime } from '../core/hybrid-clock.ts';
import type { LogicalTime } from '../protocol/state.ts';

/** What orders the versions of a property. */
export interface Stamp {
  readonly time: LogicalTime;
  readonly device: string;
}

/** Milliseconds by which a clock may run ahead of ours before its versions are refused. */
export const maximumClockLead = 60_000;

/** Negative when `left` is older, positive when it is newer, 0 when they are the same version. */
export function compareStamps(left: Stamp, right: Stamp): number {
  const byTime = compareHybridTime(left.time, right.time);
  if (byTime !== 0) return byTime;
  if (left.device === right.device) return 0;
  return left.device < right.device ? -1 : 1;
}

/** A clock so far ahead would win against every edit made until then: its versions are refused. */
export const isTooFarAhead = (time: LogicalTime, now: number): boolean => time.wall > now + maximumClockLead;
