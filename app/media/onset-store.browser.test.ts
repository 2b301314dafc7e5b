// Onsets of stored sounds, from the real media worker over the real store.
import { proxy } from 'comlink';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeOnsets } from '../core/onset-format.ts';
import { reportOf } from '../protocol/errors.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import type { BlobStore } from '../storage/types.ts';
import { createShapeParser } from './shape-parser.ts';
import { engineModule, type RunningMedia, startMedia } from './testing/media-worker.ts';
import { fileOf, floatWavFile, wavFile } from './testing/wav-files.ts';

let running: RunningMedia;
let blobs: BlobStore;
beforeAll(async () => {
  running = await startMedia();
  blobs = await openBlobStore(running.userId, { parseShape: createShapeParser(await engineModule()) });
});
afterAll(() => running.stop());

const rate = 48_000;

/** Bursts of decaying noise, each beginning at its own sample. */
function bursts(starts: readonly number[], seconds: number): Float32Array {
  const samples = new Float32Array(seconds * rate);
  let seed = 1;
  for (const start of starts) {
    for (let frame = 0; frame < 2400; frame++) {
      seed = (seed * 48_271) % 0x7fffffff;
      samples[Math.round(start * rate) + frame] = (seed / 0x40000000 - 1) * 0.7 * Math.exp(-frame / 400);
    }
  }
  return samples;
}

const store = async (bytes: Uint8Array<ArrayBuffer>): Promise<string> =>
  (
    await running.media.importFile(
      crypto.randomUUID(),
      fileOf(bytes),
      proxy(() => undefined),
    )
  ).blob.hash;

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (thrown: unknown) => reportOf(thrown, 'ERR_WORKER').name,
  );

const beats = Array.from({ length: 12 }, (_, beat) => 0.25 + beat * 0.6);

test('hits are found within a millisecond, and the beat they keep', async () => {
  const hash = await store(floatWavFile(bursts(beats, 8), 1, rate));
  const { onsets, strengths, tempo } = await running.media.onsets(hash);
  expect(onsets).toHaveLength(beats.length);
  for (const [index, beat] of beats.entries()) expect(Math.abs((onsets[index] ?? 0) - beat)).toBeLessThan(0.001);
  expect(strengths.every((strength) => strength > 0 && strength <= 1)).toBe(true);
  expect(tempo?.bpm).toBeCloseTo(100, 1);
  expect(tempo?.firstBeat).toBeCloseTo(0.25, 2);
  expect(tempo?.confidence).toBeGreaterThan(0.9);
});

test('silence has neither onsets nor a tempo', async () => {
  const hash = await store(floatWavFile(new Float32Array(rate), 1, rate));
  expect(await running.media.onsets(hash)).toMatchObject({ onsets: new Float64Array(), tempo: null });
});

test('they are kept beside the sound, and found again after its file of onsets was damaged', async () => {
  const hash = await store(floatWavFile(bursts([0.5, 1.5], 2), 1, rate));
  const found = await running.media.onsets(hash);
  const kept = new Uint8Array((await (await blobs.getOnsets(hash))?.arrayBuffer()) ?? new ArrayBuffer(0));
  expect(kept.length).toBeGreaterThan(0);
  const marked = { ...found, onsets: Float64Array.of(0.125, 0.25) };
  await blobs.putOnsets(hash, writeOnsets(marked));
  expect((await running.media.onsets(hash)).onsets).toEqual(marked.onsets);
  await blobs.putOnsets(
    hash,
    kept.map((byte, at) => (at === 70 ? byte ^ 1 : byte)),
  );
  expect((await running.media.onsets(hash)).onsets).toEqual(found.onsets);
  expect(await blobs.getOnsets(hash)).toMatchObject({ size: kept.length });
  await blobs.delete(hash);
  expect(await blobs.getOnsets(hash)).toBeUndefined();
});

test('all who wait for a search hear that it was cancelled, and the next one goes to its end', async () => {
  const hash = await store(wavFile(1_000_000));
  const first = failureOf(running.media.onsets(hash));
  const second = failureOf(running.media.onsets(hash));
  await running.media.cancelOnsets(hash);
  expect([await first, await second]).toEqual(['ERR_ANALYSIS_CANCELLED', 'ERR_ANALYSIS_CANCELLED']);
  expect(await blobs.getOnsets(hash)).toBeUndefined();
  const fractions: number[] = [];
  await running.media.onsets(
    hash,
    proxy((fraction: number) => void fractions.push(fraction)),
  );
  expect(fractions.length).toBeGreaterThan(1);
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  expect(fractions.at(-1)).toBe(1);
});

test('of a sound that is not there: ERR_NOT_FOUND', async () => {
  expect(await failureOf(running.media.onsets('0'.repeat(64)))).toBe('ERR_NOT_FOUND');
});
