// The levels a clip is heard at: its own, those of the nested timelines around it, and what events change on the way.
import type { Seconds } from '../core/units.ts';
import type { TimelineEventAtome } from '../protocol/kinds.ts';

/** From a time on (seconds of the timeline on top) what is given holds. */
export interface LevelChange {
  readonly at: Seconds;
  readonly gain?: number;
  readonly pan?: number;
  readonly muted?: boolean;
}

/** One clip's share in the mix. */
export interface Level {
  readonly gain: number;
  readonly pan: number;
  readonly muted: boolean;
  /** Of its lane; events leave them alone. */
  readonly laneGain: number;
  readonly silenced: boolean;
  /** By time. */
  readonly changes: readonly LevelChange[];
}

export interface Mix {
  readonly gain: number;
  readonly pan: number;
  readonly muted: boolean;
}

/** What a clip within others is heard at; the innermost level is the last and gives the pan. */
export function mixAt(levels: readonly Level[], time: Seconds): Mix {
  let [gain, pan, muted] = [1, 0, false];
  for (const level of levels) {
    const own = levelAt(level, time);
    gain *= own.gain * level.laneGain;
    pan = own.pan;
    muted ||= own.muted || level.silenced;
  }
  return { gain, pan, muted };
}

function levelAt({ gain, pan, muted, changes }: Level, time: Seconds): Mix {
  const mix = { gain, pan, muted };
  for (const change of changes) {
    if (change.at > time) break;
    mix.gain = change.gain ?? mix.gain;
    mix.pan = change.pan ?? mix.pan;
    mix.muted = change.muted ?? mix.muted;
  }
  return mix;
}

/** The times within (from, to) at which a level changes, ascending. */
export function changeTimes(levels: readonly Level[], from: Seconds, to: Seconds): Seconds[] {
  const times = new Set<Seconds>();
  for (const { changes } of levels) for (const { at } of changes) if (at > from && at < to) times.add(at);
  return [...times].sort((a, b) => a - b);
}

const within = (value: unknown, low: number, high: number): value is number =>
  typeof value === 'number' && value >= low && value <= high;

/** What an `audio_clip_param` event asks for by `gain`, `pan` and `muted`; values out of range are left out. */
export function levelChange({ payload: { gain, pan, muted } }: TimelineEventAtome, at: Seconds): LevelChange {
  return {
    at,
    ...(within(gain, 0, 16) ? { gain } : {}),
    ...(within(pan, -1, 1) ? { pan } : {}),
    ...(typeof muted === 'boolean' ? { muted } : {}),
  };
}
