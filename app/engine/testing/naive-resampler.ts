// The resampler's design evaluated directly, in double precision: a Kaiser-windowed sinc at every output frame.
import type { NaiveMix } from './naive-mixer.ts';

/** Kaiser's beta for 120 dB, the filter's length in periods of the lower rate, its cutoff as a share of that rate. */
const beta = 12.27;
const periods = 192;
const cutoffShare = 0.5 * 0.9535;

/** Adds to `out` the frames from `from` on of a bus that runs at another rate. */
export function naiveResample(
  bus: (from: number, frames: number) => NaiveMix,
  sourceRate: number,
  targetRate: number,
  from: number,
  out: NaiveMix,
): void {
  const stretch = Math.max(1, sourceRate / targetRate);
  const half = (Math.ceil((periods * stretch) / 4) * 4) / 2;
  const first = Math.floor((from * sourceRate) / targetRate) - half + 1;
  const frames = Math.ceil((out.left.length * sourceRate) / targetRate) + 2 * half + 1;
  const { left, right } = bus(first, frames);
  for (let frame = 0; frame < out.left.length; frame++) {
    // Both products are whole numbers: the position has no drift.
    const whole = Math.floor(((from + frame) * sourceRate) / targetRate);
    const part = (((from + frame) * sourceRate) % targetRate) / targetRate;
    let [sum, sumLeft, sumRight] = [0, 0, 0];
    for (let tap = 0; tap < 2 * half; tap++) {
      const weight = kernel(tap - (half - 1) - part, cutoffShare / stretch, half);
      const index = whole - half + 1 + tap - first;
      sum += weight;
      sumLeft += weight * (left[index] ?? 0);
      sumRight += weight * (right[index] ?? 0);
    }
    out.left[frame] = (out.left[frame] ?? 0) + sumLeft / sum;
    out.right[frame] = (out.right[frame] ?? 0) + sumRight / sum;
  }
}

function kernel(time: number, cutoff: number, half: number): number {
  const x = time / half;
  if (Math.abs(x) >= 1) return 0;
  const phase = 2 * Math.PI * cutoff * time;
  return (phase === 0 ? 1 : Math.sin(phase) / phase) * besselI0(beta * Math.sqrt(1 - x * x));
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let [sum, term] = [1, 1];
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
