// A long WAV of noise on the disk, removed after use.
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { noise } from '../../app/engine/testing/sounds.ts';
import { wavHeader } from '../../app/media/wav-header.ts';

export interface NoiseFile {
  readonly path: string;
  readonly sampleRate: number;
  remove(): Promise<void>;
}

const sampleRate = 48_000;
const channels = 2;

/** 16-bit stereo at 48 kHz; the same minute again and again. */
export async function writeNoise(minutes: number): Promise<NoiseFile> {
  const folder = await mkdtemp(join(tmpdir(), 'atome-noise-'));
  const path = join(folder, `${minutes} minutes.wav`);
  const minute = Int16Array.from(noise(60 * sampleRate * channels, 1), (sample) => Math.round(sample * 16_000));
  const file = await open(path, 'w');
  try {
    await file.write(wavHeader({ format: 'I16', channels, sampleRate, frames: minutes * 60 * sampleRate }));
    for (let written = 0; written < minutes; written++) await file.write(minute);
  } finally {
    await file.close();
  }
  return { path, sampleRate, remove: () => rm(folder, { recursive: true }) };
}
