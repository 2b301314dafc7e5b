// The scale of a place on the timeline, in bars or in time, over positions in the timeline's own timebase.
import type { TempoMap } from '../../core/tempo.ts';
import type { ValueScale } from '../controls/scales.ts';
import { clockText, parseTime } from '../controls/time-text.ts';
import { barText, parseBars } from '../transport/position-text.ts';

const dayBeats = 1_000_000;

/** One arrow is one beat in bars, a hundredth of a second in time. */
export function positionScale(map: TempoMap, unit: 'bars' | 'time'): ValueScale {
  const maximum = map.fromBeats(dayBeats);
  const seconds = (typed: string): number | undefined => (unit === 'bars' ? parseBars(map, typed) : parseTime(typed));
  return {
    minimum: 0,
    maximum,
    initial: 0,
    step: unit === 'bars' ? map.fromBeats(1) : map.fromSeconds(0.01),
    print: (value) =>
      (unit === 'bars' ? barText : (_map: TempoMap, at: number) => clockText(at))(map, map.toSeconds(value)),
    parse: (typed) => {
      const at = seconds(typed);
      return at === undefined ? undefined : map.fromSeconds(at);
    },
    toFraction: (value) => value / maximum,
    fromFraction: (fraction) => fraction * maximum,
  };
}
