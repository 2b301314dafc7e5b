// Powers of a frame's frequencies, under a Hann window.

/** Of as many samples as a power of two; bins from 0 Hz to below half the sample rate. */
export function spectrumOf(samples: Float32Array): Float64Array {
  const size = samples.length;
  const re = Float64Array.from(samples, (sample, at) => sample * (0.5 - 0.5 * Math.cos((2 * Math.PI * at) / size)));
  const im = new Float64Array(size);
  transform(re, im);
  return re.subarray(0, size / 2).map((real, bin) => real ** 2 + (im[bin] ?? 0) ** 2);
}

/** In place; radix 2, decimation in frequency (Gentleman and Sande 1966), then bits are reversed. */
function transform(re: Float64Array, im: Float64Array): void {
  const size = re.length;
  for (let half = size / 2; half >= 1; half /= 2) {
    for (let index = 0; index < half; index++) {
      const angle = (-Math.PI * index) / half;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let at = index; at < size; at += 2 * half) {
        const [a, b, c, d] = [re[at] ?? 0, im[at] ?? 0, re[at + half] ?? 0, im[at + half] ?? 0];
        re[at] = a + c;
        im[at] = b + d;
        re[at + half] = (a - c) * cosine - (b - d) * sine;
        im[at + half] = (a - c) * sine + (b - d) * cosine;
      }
    }
  }
  for (let at = 0, mirror = 0; at < size; at++) {
    if (at < mirror) {
      [re[at], re[mirror]] = [re[mirror] ?? 0, re[at] ?? 0];
      [im[at], im[mirror]] = [im[mirror] ?? 0, im[at] ?? 0];
    }
    let bit = size / 2;
    for (; bit >= 1 && mirror & bit; bit /= 2) mirror ^= bit;
    mirror |= bit;
  }
}
