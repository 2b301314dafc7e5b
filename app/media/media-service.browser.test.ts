// The media worker over the real store: identity, bad files, cancelling, several at once.
import { proxy } from 'comlink';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { peakFullScale, readPeakHeader } from '../core/peak-format.ts';
import { reportOf } from '../protocol/errors.ts';
import { temporaryDirectory } from '../storage/blob-paths.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import { openDirectory } from '../storage/file-access.ts';
import type { BlobStore } from '../storage/types.ts';
import { createShapeParser } from './shape-parser.ts';
import { engineModule, type RunningMedia, startMedia } from './testing/media-worker.ts';
import { fileOf, floatWavFile, sampleOf, sha256, wavFile } from './testing/wav-files.ts';
import type { ImportProgress } from './types.ts';

let running: RunningMedia;
let blobs: BlobStore;
beforeAll(async () => {
  running = await startMedia();
  blobs = await openBlobStore(running.userId, { parseShape: createShapeParser(await engineModule()) });
});
afterAll(() => running.stop());

const importFile = (file: File, onProgress: (progress: ImportProgress) => void = () => undefined) =>
  running.media.importFile(crypto.randomUUID(), file, proxy(onProgress));

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'none',
    (thrown: unknown) => reportOf(thrown, 'ERR_WORKER').name,
  );

async function temporaryFiles(): Promise<string[]> {
  const names: string[] = [];
  for await (const name of (await openDirectory(temporaryDirectory(running.userId))).keys()) names.push(name);
  return names;
}

describe('a WAV', () => {
  test('is stored as its own bytes under their SHA-256, once', async () => {
    const bytes = wavFile(100_000);
    const first = await importFile(fileOf(bytes, 'My take.final.wav'));
    expect(first).toMatchObject({ existed: false, name: 'My take.final', nonFinite: 0, repaired: false });
    expect(first.blob).toMatchObject({ hash: await sha256(bytes), bytes: 400_044, frames: 100_000, dataOffset: 44 });
    expect(await sha256(await (await blobs.get(first.blob.hash)).arrayBuffer())).toBe(first.blob.hash);
    const second = await importFile(fileOf(bytes, 'copy.wav'));
    expect(second.existed).toBe(true);
    expect((await blobs.list()).filter(({ hash }) => hash === first.blob.hash)).toHaveLength(1);
  });

  test('of 20 MB is hashed in a worker of its own, to the same identity', async () => {
    const bytes = wavFile(5_000_000);
    expect((await importFile(fileOf(bytes))).blob.hash).toBe(await sha256(bytes));
  });

  test('gives its samples back exactly, clipped to the file', async () => {
    const { blob } = await importFile(fileOf(wavFile(1000)));
    const [left, right] = await running.media.readSamples(blob.hash, 990, 100);
    expect(left).toHaveLength(10);
    expect(Array.from(left ?? [])).toEqual(Array.from({ length: 10 }, (_, i) => sampleOf((990 + i) * 2) / 32_768));
    expect(right?.[9]).toBe(sampleOf(1999) / 32_768);
    expect(await running.media.readSamples(blob.hash, 1000, 10)).toEqual([new Float32Array(), new Float32Array()]);
  });

  test('has a peak pyramid whose first bin is the extremes of its first 64 frames', async () => {
    const samples = Float32Array.from({ length: 6400 }, (_, frame) => Math.sin(frame / 10));
    const { blob } = await importFile(fileOf(floatWavFile(samples, 1)));
    const file = await running.media.peaks(blob.hash);
    const bytes = await file.arrayBuffer();
    const header = readPeakHeader(bytes, file.size);
    expect(header).toMatchObject({ channels: 1, frames: 6400 });
    expect(header?.levels[0]).toMatchObject({ binFrames: 64, bins: 100 });
    const view = new DataView(bytes, header?.levels[0]?.offset);
    const bin = samples.subarray(0, 64);
    expect(view.getInt16(0, true)).toBe(Math.round(Math.min(...bin) * peakFullScale));
    expect(view.getInt16(2, true)).toBe(Math.round(Math.max(...bin) * peakFullScale));
    const rms = Math.sqrt(bin.reduce((sum, sample) => sum + sample * sample, 0) / 64);
    expect(view.getUint16(4, true)).toBe(Math.round(rms * peakFullScale));
  });

  test('whose peaks are broken gets new ones', async () => {
    const { blob } = await importFile(fileOf(wavFile(3210)));
    const whole = await (await running.media.peaks(blob.hash)).arrayBuffer();
    await blobs.putPeaks(blob.hash, [new Uint8Array(whole).subarray(0, 300)]);
    expect(await (await running.media.peaks(blob.hash)).arrayBuffer()).toEqual(whole);
  });

  test('with NaN and infinities is kept and told', async () => {
    const samples = new Float32Array([0.5, Number.NaN, -0.5, Number.POSITIVE_INFINITY, 0.25, Number.NEGATIVE_INFINITY]);
    const { nonFinite, blob } = await importFile(fileOf(floatWavFile(samples, 2)));
    expect(nonFinite).toBe(3);
    const [left, right] = await running.media.readSamples(blob.hash, 0, 3);
    expect(Array.from(left ?? [])).toEqual([0.5, -0.5, 0.25]);
    expect(Array.from(right ?? [])).toEqual([0, 0, 0]);
  });

  test('cut short is read as far as it goes, and told', async () => {
    const bytes = wavFile(1000).slice(0, 44 + 4 * 600 + 1);
    expect(await importFile(fileOf(bytes))).toMatchObject({ repaired: true, blob: { frames: 600 } });
  });

  test('of a single frame is stored', async () => {
    expect((await importFile(fileOf(wavFile(1)))).blob.frames).toBe(1);
  });
});

/** Overwrites 16-bit fields of a WAV. */
function patched(fields: Record<number, number>): Uint8Array<ArrayBuffer> {
  const bytes = wavFile(100);
  for (const [at, value] of Object.entries(fields)) new DataView(bytes.buffer).setUint16(Number(at), value, true);
  return bytes;
}

describe('bad files store nothing and say why', () => {
  const text = new TextEncoder().encode('Dear diary, this is not a sound at all.\n'.repeat(50));
  test.each([
    ['text named .wav', text, 'ERR_FILE_NOT_AUDIO'],
    [
      'text that begins like a playlist',
      new TextEncoder().encode('#EXTM3U\nhttp://example.com/a.ts\n'),
      'ERR_FILE_NOT_AUDIO',
    ],
    ['no bytes', new Uint8Array(), 'ERR_FILE_EMPTY'],
    ['no frames', wavFile(0), 'ERR_FILE_EMPTY'],
    ['0 channels', patched({ 22: 0 }), 'ERR_FILE_CHANNELS'],
    ['33 channels', patched({ 22: 33 }), 'ERR_FILE_CHANNELS'],
    ['64-bit integers', patched({ 32: 16, 34: 64 }), 'ERR_FILE_FORMAT'],
    ['half a header', wavFile(100).slice(0, 30), 'ERR_FILE_DAMAGED'],
  ] as const)('%s', async (_, bytes, name) => {
    const before = (await blobs.list()).length;
    const stages: string[] = [];
    expect(await failureOf(importFile(fileOf(bytes), ({ stage }) => stages.push(stage)))).toBe(name);
    // Progress comes on a line of its own, beside the answer.
    await expect.poll(() => stages.at(-1)).toBe('failed');
    expect((await blobs.list()).length).toBe(before);
    expect(await temporaryFiles()).toEqual([]);
  });

  test('a file that was removed since it was chosen', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await root.getFileHandle('vanishing.wav', { create: true });
    const writable = await handle.createWritable();
    await writable.write(wavFile(100));
    await writable.close();
    const file = await handle.getFile();
    await root.removeEntry('vanishing.wav');
    expect(await failureOf(importFile(file))).toBe('ERR_FILE_VANISHED');
    expect(await temporaryFiles()).toEqual([]);
  });
});

describe('several imports', () => {
  test('at once all end with the right bytes', async () => {
    const files = Array.from({ length: 5 }, (_, index) => wavFile(20_000 + index));
    const results = await Promise.all(files.map((bytes) => importFile(fileOf(bytes))));
    expect(results.map(({ blob }) => blob.hash)).toEqual(await Promise.all(files.map((bytes) => sha256(bytes))));
  });

  test('one is cancelled in the middle and leaves nothing', async () => {
    const before = (await blobs.list()).length;
    const importId = crypto.randomUUID();
    const seen: ImportProgress[] = [];
    const outcome = failureOf(
      running.media.importFile(
        importId,
        fileOf(wavFile(10_000_000)),
        proxy((progress: ImportProgress) => {
          seen.push(progress);
          if (progress.fraction > 0) void running.media.cancelImport(importId);
        }),
      ),
    );
    expect(await outcome).toBe('ERR_IMPORT_CANCELLED');
    await expect.poll(() => seen.at(-1)?.stage).toBe('cancelled');
    expect((await blobs.list()).length).toBe(before);
    expect(await temporaryFiles()).toEqual([]);
  });

  test('progress rises from 0 to 1 and ends with done', async () => {
    const seen: ImportProgress[] = [];
    await importFile(fileOf(wavFile(4_000_000)), (progress) => seen.push(progress));
    await expect.poll(() => seen.at(-1)?.stage).toBe('done');
    const fractions = seen.map(({ fraction }) => fraction);
    expect(fractions[0]).toBe(0);
    expect(fractions.at(-1)).toBe(1);
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
  });
});
