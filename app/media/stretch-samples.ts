// Stretches sounds that are wholly in memory.
import { AtomeError } from '../protocol/errors.ts';
import type { StretchExports } from './stretch-module.ts';

export interface StretchSettings {
  /** Hz. */
  readonly sampleRate: number;
  /** Duration of the output over that of the input. */
  readonly ratio: number;
  readonly semitones: number;
}

/** The whole output: `round(frames * ratio)` frames, in time with the input from the first one on. */
export function stretchSamples(
  exports: StretchExports,
  channels: readonly Float32Array[],
  { sampleRate, ratio, semitones }: StretchSettings,
): Float32Array<ArrayBuffer>[] {
  const frames = Math.round((channels[0]?.length ?? 0) * ratio);
  const outputs = channels.map(() => new Float32Array(frames));
  const stretch = exports.atome_stretch_create(channels.length, sampleRate);
  if (stretch === 0) throw new AtomeError('ERR_ENGINE_LIMIT', 'no memory for a stretcher');
  try {
    const pitch = 2 ** (semitones / 12);
    let position = 0;
    for (let done = 0, reset = 1; done < frames; reset = 0) {
      const wanted = exports.atome_stretch_specify(stretch, position, 1 / ratio, pitch, reset);
      putInput(exports, stretch, channels, wanted);
      const made = exports.atome_stretch_grain(stretch);
      takeOutput(exports, stretch, outputs, done, made);
      position += exports.atome_stretch_advance(stretch);
      done += made;
    }
  } finally {
    exports.atome_stretch_destroy(stretch);
  }
  return outputs;
}

/** What lies outside the sound is silence. */
function putInput(exports: StretchExports, stretch: number, channels: readonly Float32Array[], frames: number): void {
  const begin = exports.atome_stretch_begin(stretch);
  const address = exports.atome_stretch_input(stretch);
  const stride = 4 * exports.atome_stretch_input_capacity(stretch);
  channels.forEach((samples, channel) => {
    const input = new Float32Array(exports.memory.buffer, address + channel * stride, frames);
    const from = Math.min(Math.max(begin, 0), samples.length);
    const inside = samples.subarray(from, Math.max(from, begin + frames));
    if (inside.length < frames) input.fill(0);
    if (inside.length > 0) input.set(inside, from - begin);
  });
}

function takeOutput(
  exports: StretchExports,
  stretch: number,
  outputs: readonly Float32Array[],
  at: number,
  frames: number,
): void {
  const address = exports.atome_stretch_output(stretch);
  const stride = 4 * exports.atome_stretch_output_capacity(stretch);
  outputs.forEach((output, channel) => {
    const made = new Float32Array(exports.memory.buffer, address + channel * stride, frames);
    output.set(made.subarray(0, output.length - at), at);
  });
}
