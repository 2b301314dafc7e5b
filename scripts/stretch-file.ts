// Stretches a sound file to a WAV under Node, with the stretcher's own module.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bytesPerFrame, MediaKernel } from '../app/media/media-kernel.ts';
import { headerFailure, readSoundHeader } from '../app/media/sound-header.ts';
import { instantiateStretch } from '../app/media/stretch-module.ts';
import { stretchSamples } from '../app/media/stretch-samples.ts';
import { wavHeader } from '../app/media/wav-header.ts';
import { headerStatus } from '../app/protocol/engine-layout.ts';
import { AtomeError, reportOf } from '../app/protocol/errors.ts';

const usage = 'npm run -s stretch -- IN.wav OUT.wav --ratio R --semitones S';
const shortest = 0.1;
const longest = 10;
const farthest = 24;

const built = (name: string): WebAssembly.Module =>
  new WebAssembly.Module(readFileSync(new URL(`../build/${name}`, import.meta.url)));

/** Paths are the caller's, wherever the script itself runs. */
const pathOf = (path: string): string => resolve(process.env.ATOME_CALLED_FROM ?? '.', path);

async function stretch(): Promise<void> {
  const { from, to, ratio, semitones } = readArguments();
  const { channels, sampleRate } = await readSound(from);
  const outputs = stretchSamples(instantiateStretch(built('stretch.wasm')), channels, { sampleRate, ratio, semitones });
  const frames = outputs[0]?.length ?? 0;
  const header = wavHeader({ format: 'F32', channels: outputs.length, sampleRate, frames });
  writeFileSync(to, Buffer.concat([header, new Uint8Array(interleaved(outputs, frames).buffer)]));
  console.log(to);
}

function readArguments() {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: withValuesJoined(process.argv.slice(2)),
    allowPositionals: true,
    options: { ratio: text, semitones: text },
  });
  const [from, to] = positionals;
  if (from === undefined || to === undefined || positionals.length > 2) throw new Error(usage);
  return {
    from: pathOf(from),
    to: pathOf(to),
    ratio: numberOf(values.ratio ?? '1', shortest, longest),
    semitones: numberOf(values.semitones ?? '0', -farthest, farthest),
  };
}

/** `--semitones -5` becomes `--semitones=-5`: a value may begin with a minus sign. */
const withValuesJoined = (args: readonly string[]): string[] =>
  args.flatMap((arg, index) => {
    if (/^--(ratio|semitones)$/.test(arg)) return index + 1 < args.length ? [`${arg}=${args[index + 1]}`] : [arg];
    return /^--(ratio|semitones)$/.test(args[index - 1] ?? '') ? [] : [arg];
  });

function numberOf(text: string, lowest: number, highest: number): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= lowest && value <= highest))
    throw new Error(`${text} is not a number from ${lowest} to ${highest}\n${usage}`);
  return value;
}

async function readSound(path: string): Promise<{ channels: Float32Array[]; sampleRate: number }> {
  const bytes = readFileSync(path);
  const kernel = new MediaKernel(built('engine.wasm'));
  const header = await readSoundHeader(kernel, new Blob([bytes]));
  if (header.status !== headerStatus.OK) throw new AtomeError(headerFailure(header));
  const { format, dataOffset, frames, sampleRate } = header;
  const end = dataOffset + frames * bytesPerFrame(header);
  const { samples } = kernel.toFloat(bytes.subarray(dataOffset, end), format);
  const channels = Array.from({ length: header.channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) => samples[frame * header.channels + channel] ?? 0),
  );
  return { channels, sampleRate };
}

function interleaved(channels: readonly Float32Array[], frames: number): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(frames * channels.length);
  channels.forEach((channel, index) => {
    for (let frame = 0; frame < frames; frame++) samples[frame * channels.length + index] = channel[frame] ?? 0;
  });
  return samples;
}

try {
  await stretch();
} catch (thrown) {
  console.error(thrown instanceof AtomeError ? reportOf(thrown, 'ERR_RENDER').msg : String(thrown));
  process.exitCode = 1;
}
