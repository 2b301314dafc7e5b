// Band-limited oscillators and noise, the same from the same seed every time.
// Välimäki and Huovilainen, "Antialiasing Oscillators in Subtractive Synthesis", 2007 (polyBLEP).

export type Wave = 'saw' | 'square';

/** What rounds a step of height 2 off over the two samples around it. */
function stepResidual(phase: number, increment: number): number {
  if (phase < increment) {
    const t = phase / increment;
    return t + t - t * t - 1;
  }
  if (phase > 1 - increment) {
    const t = (phase - 1) / increment;
    return t * t + t + t + 1;
  }
  return 0;
}

/** One sample of a wave. @param phase and @param increment in cycles, phase in [0, 1) */
export function waveAt(wave: Wave, phase: number, increment: number): number {
  if (wave === 'saw') return 2 * phase - 1 - stepResidual(phase, increment);
  const half = phase < 0.5 ? phase + 0.5 : phase - 0.5;
  return (phase < 0.5 ? 1 : -1) + stepResidual(phase, increment) - stepResidual(half, increment);
}

/** One of a voice's oscillators and its level on each side. */
export interface Oscillator {
  phase: number;
  readonly increment: number;
  readonly left: number;
  readonly right: number;
}

/** Adds the oscillator's next samples, as many as the block holds, and moves it on. */
export function addOscillator(wave: Wave, oscillator: Oscillator, left: Float32Array, right: Float32Array): void {
  let { phase } = oscillator;
  for (let frame = 0; frame < left.length; frame++) {
    const sample = waveAt(wave, phase, oscillator.increment);
    left[frame] = (left[frame] ?? 0) + sample * oscillator.left;
    right[frame] = (right[frame] ?? 0) + sample * oscillator.right;
    phase += oscillator.increment;
    if (phase >= 1) phase -= 1;
  }
  oscillator.phase = phase;
}

/** A sine turned on by one rotation per sample. */
export class SineOscillator {
  readonly #cosine: number;
  readonly #sine: number;
  readonly #point = Float64Array.of(1, 0);

  /** @param increment in cycles per sample */
  constructor(increment: number) {
    this.#cosine = Math.cos(2 * Math.PI * increment);
    this.#sine = Math.sin(2 * Math.PI * increment);
  }

  next(): number {
    const point = this.#point;
    const x = point[0] ?? 0;
    const y = point[1] ?? 0;
    point[0] = x * this.#cosine - y * this.#sine;
    point[1] = x * this.#sine + y * this.#cosine;
    return y;
  }
}

/** Uniform numbers in [0, 1). Marsaglia, "Xorshift RNGs", 2003. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0 || 1;
  }

  next(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state;
    return (state >>> 0) / 2 ** 32;
  }

  /** White noise in [-1, 1). */
  noise(): number {
    return this.next() * 2 - 1;
  }
}
