// A tempo map in whole numbers of 256 binary places, to judge the one in doubles by.
import type { TempoSegmentLike, TempoSource } from '../tempo.ts';

/** A number times 2^256. */
type Fixed = bigint;
const places = 256;
const one: Fixed = 1n << BigInt(places);

const times = (a: Fixed, b: Fixed): Fixed => (a * b) >> BigInt(places);
const over = (a: Fixed, b: Fixed): Fixed => (a << BigInt(places)) / b;

/** A double is a whole number times a power of two; what lies below 2^-256 is nothing here. */
function fixed(value: number): Fixed {
  let whole = value;
  let exponent = 0;
  for (; !Number.isInteger(whole); exponent++) whole *= 2;
  const shift = places - exponent;
  return shift >= 0 ? BigInt(whole) << BigInt(shift) : BigInt(whole) >> BigInt(-shift);
}

/** Of a value that fits a double well, a difference of a few seconds for instance. */
const double = (value: Fixed): number => Number(value >> BigInt(places - 100)) / 2 ** 100;

/** 2 artanh((x - 1) / (x + 1)), for x from 1 to 2. */
function logarithmUpToTwo(x: Fixed): Fixed {
  const ratio = over(x - one, x + one);
  const square = times(ratio, ratio);
  let sum = 0n;
  let power = ratio;
  for (let odd = 1n; power > 0n; odd += 2n, power = times(power, square)) sum += power / odd;
  return 2n * sum;
}

const logarithmOfTwo = logarithmUpToTwo(2n * one);

function logarithm(x: Fixed): Fixed {
  if (x < one) return -logarithm(over(one, x));
  let rest = x;
  let doublings = 0n;
  for (; rest >= 2n * one; doublings++) rest /= 2n;
  return doublings * logarithmOfTwo + logarithmUpToTwo(rest);
}

const minute = 60n * one;

/** Seconds over `beats` of which the tempo at the start and the end is given. */
function secondsOf(beats: Fixed, from: Fixed, to: Fixed): Fixed {
  return from === to
    ? over(times(minute, beats), from)
    : over(times(times(minute, beats), logarithm(over(to, from))), to - from);
}

/** Seconds at a number of beats, rounded once. */
export function exactSeconds({ timebase, tempo_segments }: TempoSource, beats: number): number {
  const ordered = inOrder(tempo_segments);
  const wanted = fixed(beats);
  let startBeats = 0n;
  let startSeconds = 0n;
  for (const [index, segment] of ordered.entries()) {
    const next = ordered[index + 1];
    const from = fixed(segment.bpm);
    const to = segment.curve === 'linear' && next ? fixed(next.bpm) : from;
    if (!next) return double(startSeconds + secondsOf(wanted - startBeats, from, from));
    const end = fixed(next.start_position);
    const perBeat = (length: Fixed): Fixed => over(secondsOf(length, from, to), length);
    const length = timebase === 'beats' ? end - startBeats : over(end - startSeconds, perBeat(one));
    if (wanted < startBeats + length) {
      const place = wanted - startBeats;
      return double(startSeconds + secondsOf(place, from, from + over(times(to - from, place), length)));
    }
    startSeconds = timebase === 'beats' ? startSeconds + secondsOf(length, from, to) : end;
    startBeats += length;
  }
  return Number.NaN;
}

/** As the map reads them: by place, the last of those at one place, the first from zero on. */
function inOrder(segments: readonly TempoSegmentLike[]): TempoSegmentLike[] {
  const sorted = segments.toSorted((a, b) => a.start_position - b.start_position);
  const distinct = sorted.filter((segment, index) => segment.start_position !== sorted[index + 1]?.start_position);
  const [first] = distinct;
  if (!first) return [];
  return first.start_position > 0 ? [{ ...first, start_position: 0, curve: 'step' }, ...distinct] : distinct;
}
