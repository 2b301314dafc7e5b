// Small WAV files for the tests of storage, and the smallest parser that reads them back.
import { sampleFormats } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobShape } from './types.ts';

const headerBytes = 44;

/** A mono 16-bit 48 kHz WAV whose samples tell `seed`. */
export function wavBytes(frames: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headerBytes + frames * 2);
  const view = new DataView(bytes.buffer);
  const text = (at: number, word: string) => new TextEncoder().encodeInto(word, bytes.subarray(at));
  text(0, 'RIFF');
  view.setUint32(4, bytes.length - 8, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, 48_000, true);
  view.setUint32(28, 96_000, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, frames * 2, true);
  for (let frame = 0; frame < frames; frame++) {
    view.setInt16(headerBytes + frame * 2, (((frame * 31 + seed) * 2654435761) >>> 16) - 32768, true);
  }
  return bytes;
}

export const wavShape = (frames: number): BlobShape => ({
  format: sampleFormats.I16,
  channels: 1,
  sampleRate: 48_000,
  frames,
  dataOffset: headerBytes,
});

export function parseWavShape(head: Uint8Array, fileSize: number): BlobShape {
  if (new TextDecoder().decode(head.subarray(0, 4)) !== 'RIFF') throw new AtomeError('ERR_FILE_NOT_AUDIO');
  return wavShape((fileSize - headerBytes) / 2);
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
