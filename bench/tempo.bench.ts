// Tempo maps of 1,000 random segments over 24 hours: how far a place comes back from where it went, and how fast.
import { TempoMap, type TempoSegmentLike } from '../app/core/tempo.ts';
import type { BenchContext } from '../scripts/bench-context.ts';

const day = 24 * 3600;
const segments = 1000;
const places = 100_000;
const maps = 20;
const speedRounds = 9;

/** Uniform in [0, 1), from a linear congruential generator (Numerical Recipes' constants): two draws of 26 and 27 bits. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  const draw = (bits: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> (32 - bits);
  };
  return () => (draw(26) * 2 ** 27 + draw(27)) / 2 ** 53;
}

/** Half steps, half ramps; in beats they are spread so that they fill a day at the mean of the tempi. */
function randomMap(timebase: 'seconds' | 'beats', random: () => number): TempoMap {
  const reach = timebase === 'seconds' ? day : (day * 120) / 60;
  const tempo_segments = Array.from(
    { length: segments },
    (_, index): TempoSegmentLike => ({
      start_position: index === 0 ? 0 : random() * reach,
      bpm: 30 + random() * 270,
      time_signature: random() < 0.5 ? '4/4' : '7/8',
      curve: random() < 0.5 ? 'step' : 'linear',
    }),
  );
  return new TempoMap({ timebase, tempo_segments });
}

interface Errors {
  seconds: number;
  roundTrip: number;
}

/** The largest distance, in seconds, between a place and what it comes back as: from seconds, and from beats. */
function worstOf(map: TempoMap, random: () => number, worst: Errors): void {
  for (let index = 0; index < places; index++) {
    const seconds = random() * day;
    const beats = map.secondsToBeats(seconds);
    const back = map.beatsToSeconds(beats);
    worst.seconds = Math.max(worst.seconds, Math.abs(back - seconds));
    const beatsBack = map.secondsToBeats(back);
    worst.roundTrip = Math.max(worst.roundTrip, (Math.abs(beatsBack - beats) * 60) / map.bpmAt(beats));
  }
}

/** Conversions in a second, there and back counted as two; the median of several rounds. */
function conversionsPerSecond(map: TempoMap, random: () => number): number {
  const wanted = Float64Array.from({ length: places }, () => random() * day);
  const rates = Array.from({ length: speedRounds }, () => {
    const from = performance.now();
    let sum = 0;
    for (const seconds of wanted) sum += map.beatsToSeconds(map.secondsToBeats(seconds));
    const milliseconds = performance.now() - from;
    return sum > 0 ? (2000 * places) / milliseconds : Number.NaN;
  });
  return rates.toSorted((a, b) => a - b)[speedRounds >> 1] ?? Number.NaN;
}

export async function run({ emit }: BenchContext): Promise<void> {
  for (const [seed, timebase] of (['beats', 'seconds'] as const).entries()) {
    const random = randomNumbers(seed);
    const worst: Errors = { seconds: 0, roundTrip: 0 };
    for (let map = 0; map < maps; map++) worstOf(randomMap(timebase, random), random, worst);
    const of = `${maps} maps of ${segments} segments in ${timebase}, 24 h`;
    const goal = { of: 'value', must: 1 } as const;
    emit({
      case: `${of}: seconds to beats to seconds, worst`,
      value: worst.seconds * 1e9,
      unit: 'ns',
      better: 'lower',
      goal,
    });
    emit({
      case: `${of}: beats to seconds to beats, worst`,
      value: worst.roundTrip * 1e9,
      unit: 'ns',
      better: 'lower',
      goal,
    });
    emit({
      case: `${of}: conversions`,
      value: conversionsPerSecond(randomMap(timebase, random), random) / 1e6,
      unit: 'million per s',
      better: 'higher',
    });
  }
}
