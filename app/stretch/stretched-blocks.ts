// Stretches a whole sound, block by block, in the memory of one grain.
import { stretchedFrame } from '../core/stretched-frames.ts';
import { GrainStretcher } from './grain-stretcher.ts';
import type { StretchExports } from './stretch-module.ts';

export interface StretchedSound {
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
  /** Puts a channel's frames from `begin` on into `samples`; all of them lie inside the sound. */
  read(channel: number, begin: number, samples: Float32Array): void;
}

export interface StretchSettings {
  /** Duration of the output over that of the input. */
  readonly ratio: number;
  readonly semitones: number;
  /** Leave a voice's resonances where they are; its colour moves with its pitch without. */
  readonly formants?: boolean;
  /** Steady ones are what a `BungeeSourceNode` plays; growing ones, as usual, sound better where the pitch is shifted up. */
  readonly grains?: 'steady' | 'growing';
}

/**
 * `stretchedFrame(sound.frames, ratio)` frames, in time with the input from the first one on. A block is good until the next one.
 * @throws RangeError for channels or rates that no stretcher takes
 */
export function* stretchedBlocks(
  exports: StretchExports,
  sound: StretchedSound,
  { ratio, semitones, formants = false, grains = 'growing' }: StretchSettings,
): Generator<readonly Float32Array[]> {
  const frames = stretchedFrame(sound.frames, ratio);
  const stretcher = new GrainStretcher(exports, sound.channels, sound.sampleRate, grains);
  try {
    const pitch = 2 ** (semitones / 12);
    stretcher.keepFormants(formants);
    let position = 0;
    for (let done = 0, reset = true; done < frames; reset = false) {
      const wanted = stretcher.specify(position, 1 / ratio, pitch, reset);
      putInput(stretcher, sound, wanted);
      stretcher.analyse();
      const made = Math.min(stretcher.synthesise(), frames - done);
      position += stretcher.advance();
      done += made;
      if (made > 0) yield Array.from({ length: sound.channels }, (_, at) => stretcher.output(at).subarray(0, made));
    }
  } finally {
    stretcher.destroy();
  }
}

/** What lies outside the sound is silence. */
function putInput(stretcher: GrainStretcher, sound: StretchedSound, frames: number): void {
  const begin = stretcher.begin();
  const from = Math.min(Math.max(begin, 0), sound.frames);
  const until = Math.max(from, Math.min(begin + frames, sound.frames));
  for (let channel = 0; channel < sound.channels; channel++) {
    const input = stretcher.input(channel).subarray(0, frames);
    input.fill(0, 0, Math.min(from - begin, frames));
    if (until > from) sound.read(channel, from, input.subarray(from - begin, until - begin));
    input.fill(0, Math.max(0, until - begin));
  }
}
