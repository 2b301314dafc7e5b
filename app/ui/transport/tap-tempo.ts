// Tempo from taps: the median of the last intervals, begun anew after a pause.
import { clamp } from '../../core/units.ts';

const pause = 2000;
const remembered = 8;

export class TapTempo {
  #taps: number[] = [];

  /** Takes a tap at `time` in milliseconds; the tempo in beats per minute from the second tap on. */
  tap(time: number): number | undefined {
    const last = this.#taps.at(-1);
    if (last !== undefined && time - last > pause) this.#taps = [];
    this.#taps = [...this.#taps, time].slice(-remembered);
    const intervals = this.#taps.slice(1).map((tap, index) => tap - (this.#taps[index] ?? tap));
    if (intervals.length === 0) return undefined;
    intervals.sort((left, right) => left - right);
    const middle = Math.floor(intervals.length / 2);
    const upper = intervals[middle] ?? 0;
    const median = intervals.length % 2 === 1 ? upper : (upper + (intervals[middle - 1] ?? upper)) / 2;
    return median > 0 ? clamp(Math.round(600_000 / median) / 10, 10, 999) : undefined;
  }
}
