// Real files of every kind, through the real worker: how many frames come out, how loud, and where the sound begins.
import { proxy } from 'comlink';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sampleFormats } from '../protocol/engine-layout.ts';
import { type RunningMedia, startMedia } from './testing/media-worker.ts';

const fixtures = import.meta.glob<string>('../../e2e/fixtures/tone*', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** Every fixture: 100 ms of silence, then a cosine of 441 Hz at 0.5 left and 882 Hz at 0.25 right, half a second in all. */
const onsetSeconds = 0.1;

let running: RunningMedia;
beforeAll(async () => {
  running = await startMedia();
});
afterAll(() => running.stop());

async function importFixture(name: string) {
  const url = fixtures[`../../e2e/fixtures/${name}`];
  if (url === undefined) throw new Error(`no fixture ${name}`);
  const file = new File([await (await fetch(url)).arrayBuffer()], name);
  const result = await running.media.importFile(
    crypto.randomUUID(),
    file,
    proxy(() => undefined),
  );
  const { hash, frames, sampleRate, channels } = result.blob;
  return { result, frames, sampleRate, channels, planes: await running.media.readSamples(hash, 0, frames) };
}

/** Amplitude of a frequency between two times. */
function amplitude(samples: Float32Array, sampleRate: number, frequency: number, from: number, to: number): number {
  const start = Math.round(from * sampleRate);
  const end = Math.round(to * sampleRate);
  let real = 0;
  let imaginary = 0;
  for (let frame = start; frame < end; frame++) {
    const angle = (2 * Math.PI * frequency * frame) / sampleRate;
    real += (samples[frame] ?? 0) * Math.cos(angle);
    imaginary += (samples[frame] ?? 0) * Math.sin(angle);
  }
  return (2 * Math.hypot(real, imaginary)) / (end - start);
}

/** First sample louder than a quarter of full scale, in seconds. */
const onset = (samples: Float32Array, sampleRate: number): number =>
  samples.findIndex((sample) => Math.abs(sample) > 0.25) / sampleRate;

/** File, rate, frames, how many more there may be where the container does not tell, and the encoder's own gain. */
const decoded = [
  ['tone.flac', 44_100, 22_050, 0, 1],
  ['tone.mp3', 44_100, 22_050, 0, 0.95],
  ['tone-cover.mp3', 44_100, 22_050, 0, 0.95],
  ['tone.m4a', 44_100, 22_050, 0, 1],
  ['tone.mp4', 44_100, 22_050, 0, 1],
  ['tone.ogg', 44_100, 22_050, 0, 1],
  ['tone.opus', 48_000, 24_000, 0, 1],
  ['tone.webm', 48_000, 24_000, 960, 1],
] as const;

describe('decoded files become float32 WAV', () => {
  test.each(decoded)('%s', async (name, rate, frames, more, gain) => {
    const found = await importFixture(name);
    const [left, right] = found.planes;
    if (!left || !right) throw new Error('two channels');
    expect(found.result.blob.format).toBe(sampleFormats.F32);
    expect(found).toMatchObject({ sampleRate: rate, channels: 2 });
    expect(found.frames).toBeGreaterThanOrEqual(frames);
    expect(found.frames).toBeLessThanOrEqual(frames + more);
    expect(Math.abs(onset(left, rate) - onsetSeconds)).toBeLessThan(2 / rate);
    expect(amplitude(left, rate, 441, 0.2, 0.4)).toBeCloseTo(0.5 * gain, 2);
    expect(amplitude(right, rate, 882, 0.2, 0.4)).toBeCloseTo(0.25 * gain, 2);
  });
});

describe('files of plain samples', () => {
  test.each([
    ['tone-rf64.wav', sampleFormats.I16],
    ['tone-extensible.wav', sampleFormats.I24],
    ['tone.aiff', sampleFormats.F32],
    ['tone-float.aifc', sampleFormats.F32],
    ['tone-alaw.wav', sampleFormats.F32],
  ])('%s', async (name, format) => {
    const { result, frames, sampleRate, channels, planes } = await importFixture(name);
    expect(result.blob.format).toBe(format);
    expect({ frames, sampleRate, channels, repaired: result.repaired }).toEqual({
      frames: 4000,
      sampleRate: 8000,
      channels: 1,
      repaired: false,
    });
    expect(amplitude(planes[0] ?? new Float32Array(), 8000, 441, 0.2, 0.4)).toBeCloseTo(0.5, 2);
  });
});
