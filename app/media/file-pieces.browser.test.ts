// Reading a file in pieces: whole frames, every byte once, and files that change under the reader's hands.
import { expect, test } from 'vitest';
import type { BlobReader } from '../storage/types.ts';
import { type FilePiece, soundOfBlob, soundOfFile, wholeFile } from './file-pieces.ts';
import { MediaKernel, type SoundHeader } from './media-kernel.ts';
import { isReadFailure } from './read-failure.ts';
import { readSoundHeader } from './sound-header.ts';
import { engineModule } from './testing/media-worker.ts';
import { sha256, wavFile } from './testing/wav-files.ts';

const frameBytes = 4;
/** Several pieces, the last of them short. */
const bytes = wavFile(1_000_001);

const headerOf = async (file: Blob): Promise<SoundHeader> =>
  readSoundHeader(new MediaKernel(await engineModule()), file);

/** A piece's bytes are good until the next one, so they are copied. */
async function collect(pieces: AsyncIterable<FilePiece>): Promise<FilePiece[]> {
  const all: FilePiece[] = [];
  for await (const piece of pieces) all.push({ ...piece, bytes: piece.bytes.slice() });
  return all;
}

const hashOf = async (parts: readonly BlobPart[]): Promise<string> =>
  sha256(new Uint8Array(await new Blob([...parts]).arrayBuffer()));
const hashOfPieces = (pieces: readonly FilePiece[]): Promise<string> => hashOf(pieces.map((piece) => piece.bytes));

async function storedFile(name: string): Promise<{ file: File; remove: () => Promise<void> }> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(name, { create: true });
  const writable = await handle.createWritable();
  await writable.write(bytes);
  await writable.close();
  return { file: await handle.getFile(), remove: () => root.removeEntry(name) };
}

test('every byte comes once, and samples in whole frames', async () => {
  const file = new Blob([bytes, new Uint8Array(3)]);
  const pieces = await collect(wholeFile(file, await headerOf(new Blob([bytes]))));
  expect(await hashOfPieces(pieces)).toBe(await hashOf([file]));
  const sound = pieces.filter(({ isSound }) => isSound);
  expect(sound.length).toBeGreaterThan(2);
  expect(sound.every((piece) => piece.bytes.byteLength % frameBytes === 0)).toBe(true);
  expect(pieces.at(-1)).toMatchObject({ isSound: false, end: file.size });
});

test('the sound alone is what lies behind the header', async () => {
  const file = new Blob([bytes]);
  const pieces = await collect(soundOfFile(file, await headerOf(file)));
  expect(await hashOfPieces(pieces)).toBe(await hashOf([bytes.subarray(44)]));
});

const readerOf = (stored: Uint8Array): BlobReader => ({
  size: stored.byteLength,
  read: (into, at) => {
    const found = stored.subarray(at, at + into.byteLength);
    into.set(found);
    return found.byteLength;
  },
  close: () => undefined,
});

test('a stored sound comes whole through a handle, and a shortened one is refused', async () => {
  const header = await headerOf(new Blob([bytes]));
  const pieces = await collect(soundOfBlob(readerOf(bytes), header));
  expect(await hashOfPieces(pieces)).toBe(await hashOf([bytes.subarray(44)]));
  expect(pieces.at(-1)).toMatchObject({ isSound: true, end: bytes.byteLength });
  await expect(collect(soundOfBlob(readerOf(bytes.subarray(0, -1)), header))).rejects.toMatchObject({
    name: 'ERR_STORAGE_READ',
  });
});

test('a file that is removed while it is read fails, though its bytes still came', async () => {
  const { file, remove } = await storedFile('removed while read.wav');
  const pieces = wholeFile(file, await headerOf(file));
  expect((await pieces.next()).value).toMatchObject({ isSound: false, end: 44 });
  await remove();
  const failure = await collect(pieces).catch((thrown: unknown) => thrown);
  expect(isReadFailure(failure)).toBe(true);
});
