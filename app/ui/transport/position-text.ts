// The position as the display shows it: bar, beat and hundredths of a beat.

import type { TempoMap } from '../../core/tempo.ts';
import { barPositionAt, beatsAt, ticksPerBeat } from '../../core/tempo-grid.ts';

/** A playhead stands on whole frames: what is on a beat may lie half a frame before it, at 48 kHz and above. */
const halfFrame = 0.51 / 48_000;

/** "012.3.50": bar, beat, hundredths of the beat. */
export function barText(map: TempoMap, seconds: number): string {
  const { bar, beat, tick } = barPositionAt(map, map.secondsToBeats(seconds + halfFrame));
  const hundredths = String(Math.floor((tick * 100) / ticksPerBeat)).padStart(2, '0');
  return `${String(bar).padStart(3, '0')}.${beat}.${hundredths}`;
}

/** Seconds of "12.3.50", "12.3" or "12"; undefined when it is no such place. */
export function parseBars(map: TempoMap, typed: string): number | undefined {
  const match = /^(\d{1,5})(?:\.(\d{1,2}))?(?:\.(\d{1,2}))?$/.exec(typed.trim());
  if (!match) return undefined;
  const [, bar = '1', beat = '1', hundredths = '0'] = match;
  if (Number(bar) < 1 || Number(beat) < 1) return undefined;
  const tick = (Number(hundredths.padEnd(2, '0')) / 100) * ticksPerBeat;
  return map.beatsToSeconds(beatsAt(map, { bar: Number(bar), beat: Number(beat), tick }));
}
