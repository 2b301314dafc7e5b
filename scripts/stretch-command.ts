// `npm run -s stretch` as a function: stretches a sound file to a WAV, piece by piece, with the stretcher's own module.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { stretchedFrame } from '../app/core/stretched-frames.ts';
import { AtomeError } from '../app/protocol/errors.ts';
import { instantiateStretch } from '../app/stretch/stretch-module.ts';
import { stretchedBlocks } from '../app/stretch/stretched-blocks.ts';
import { createFloatWavFile } from './float-wav-file.ts';
import { numberOf, readOptions } from './shell.ts';
import { openSoundFile, type SoundFile } from './sound-file.ts';

const usage = 'npm run -s stretch -- IN.wav OUT.wav [--ratio R] [--semitones S] [--formants]';
const ratios = { lowest: 0.1, highest: 10 };
const shifts = { lowest: -24, highest: 24 };
/** What the stretcher takes, Hz. */
const rates = { lowest: 8000, highest: 192_000 };

const built = (name: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../build/${name}`, import.meta.url)));

/**
 * @param parameters as they stand on the command line
 * @param folder where relative paths begin
 * @returns the path of the file that was written
 * @throws Error with what to tell the person
 */
export function stretchFile(parameters: readonly string[], folder: string): string {
  const { from, to, ...settings } = readParameters(parameters, folder);
  const sound = openSoundFile(from, built('engine.wasm'));
  try {
    assertStretchable(sound, settings.ratio);
    const { channels, sampleRate, frames } = sound;
    const file = createFloatWavFile(to, { channels, sampleRate, frames: stretchedFrame(frames, settings.ratio) });
    try {
      const exports = instantiateStretch(built('stretch.wasm'));
      for (const block of stretchedBlocks(exports, sound, settings)) file.write(block);
      file.finish();
    } catch (thrown) {
      file.abort();
      throw thrown;
    }
  } finally {
    sound.close();
  }
  return to;
}

function assertStretchable({ sampleRate, frames }: SoundFile, ratio: number): void {
  if (sampleRate < rates.lowest || sampleRate > rates.highest)
    throw new AtomeError(
      'ERR_FILE_FORMAT',
      `${sampleRate} Hz; ${rates.lowest} to ${rates.highest} Hz can be stretched`,
    );
  if (stretchedFrame(frames, ratio) === 0)
    throw new AtomeError('ERR_FILE_EMPTY', `nothing is left of ${frames} frames`);
}

function readParameters(parameters: readonly string[], folder: string) {
  const { positionals, values, flags } = readOptions(parameters, {
    values: ['ratio', 'semitones'],
    flags: ['formants'],
    usage,
  });
  const [from, to] = positionals;
  if (from === undefined || to === undefined || positionals.length > 2) throw new Error(usage);
  return {
    from: resolve(folder, from),
    to: resolve(folder, to),
    ratio: numberOf('--ratio', values.ratio ?? '1', { ...ratios, usage }),
    semitones: numberOf('--semitones', values.semitones ?? '0', { ...shifts, usage }),
    formants: flags.has('formants'),
  };
}
