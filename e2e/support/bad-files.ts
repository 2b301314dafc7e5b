// Sound files with something wrong, made from a good one.
import type { FileOfTest } from './files.ts';
import { wavOf } from './wav.ts';

const goodFrames = 1000;

/** A good file with some of its 16-bit fields overwritten. */
export function patchedWav(name: string, fields: Readonly<Record<number, number>>): FileOfTest {
  const { bytes } = wavOf(name, 2, goodFrames, (frame) => frame / goodFrames / 2, { bits: 16 });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (const [at, value] of Object.entries(fields)) view.setUint16(Number(at), value, true);
  return { name, bytes };
}

export const textFile = (name: string): FileOfTest => ({
  name,
  bytes: new TextEncoder().encode('Dear diary, this is not a sound at all.\n'.repeat(50)),
});

/** The header of a good file with nothing behind it. */
export const headOnly = (name: string): FileOfTest => cut(patchedWav(name, {}), 30);

/** A good file without its end: `frames` of its frames and half a frame more. */
export const truncatedWav = (name: string, frames: number): FileOfTest =>
  cut(patchedWav(name, {}), 44 + frames * 4 + 2);

function cut({ name, bytes }: FileOfTest, length: number): FileOfTest {
  return { name, bytes: bytes.slice(0, length) };
}
