// The hash of a stream is the SHA-256 of its bytes, however they are cut, and whatever becomes of the caller's buffer.
import { expect, test } from 'vitest';
import { MediaKernel } from './media-kernel.ts';
import { createStreamHasher } from './stream-hasher.ts';
import { engineModule } from './testing/media-worker.ts';
import { sha256, wavFile } from './testing/wav-files.ts';

/** More than is ever on its way to the worker at once. */
const bytes = wavFile(10_000_000);

test.each([
  ['whole', bytes.byteLength, bytes.byteLength],
  ['in pieces of 3,000,001 bytes', 3_000_001, bytes.byteLength],
  ['in pieces of 65,537 bytes', 65_537, bytes.byteLength],
  ['in pieces of 65,537 bytes, without a worker', 65_537, 0],
] as const)('%s', async (_, pieceBytes, expectedBytes) => {
  const hasher = createStreamHasher(new MediaKernel(await engineModule()), expectedBytes);
  const buffer = new Uint8Array(pieceBytes);
  for (let at = 0; at < bytes.byteLength; at += pieceBytes) {
    const piece = buffer.subarray(0, bytes.byteLength - at);
    piece.set(bytes.subarray(at, at + pieceBytes));
    await hasher.add(piece);
    buffer.fill(0);
  }
  expect(await hasher.finish()).toBe(await sha256(bytes));
  hasher.dispose();
});
