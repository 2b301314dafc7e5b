// Reads a sound file in pieces that never tear a frame, all into one buffer.
import { AtomeError } from '../protocol/errors.ts';
import type { BlobReader } from '../storage/types.ts';
import { bytesPerFrame, type SoundHeader } from './media-kernel.ts';

export interface FilePiece {
  /** Good until the next piece. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whole frames of samples; otherwise header, trailing chunks or half a frame at the end. */
  readonly isSound: boolean;
  /** Byte after the piece. */
  readonly end: number;
}

/** About the size of a piece. */
const pieceBytes = 1024 * 1024;
/** Pieces read without a pause for the worker's other work: some 30 ms with the peaks of them. */
const turnPieces = 16;

type Range = Omit<FilePiece, 'bytes'> & { readonly start: number };

/** All bytes of the file in order. */
export const wholeFile = (file: Blob, header: SoundHeader): AsyncGenerator<FilePiece> =>
  readRanges(file, [...ranges(0, header.dataOffset, 1, false), ...sound(header), ...rest(file, header)]);

/** The samples alone. */
export const soundOfFile = (file: Blob, header: SoundHeader): AsyncGenerator<FilePiece> =>
  readRanges(file, sound(header));

/**
 * The samples of a stored sound. Its own handle never waits for another process, as a stream of the file does.
 * @throws AtomeError ERR_STORAGE_READ when the file ends early
 */
export async function* soundOfBlob(reader: BlobReader, header: SoundHeader): AsyncGenerator<FilePiece> {
  const buffer = new Uint8Array(pieceBytes);
  for (const [index, { start, end, isSound }] of sound(header).entries()) {
    const bytes = buffer.subarray(0, end - start);
    if (reader.read(bytes, start) < bytes.byteLength) throw new AtomeError('ERR_STORAGE_READ', 'the file is too short');
    yield { bytes, isSound, end };
    if (index % turnPieces === turnPieces - 1) await new Promise((resolve) => setTimeout(resolve));
  }
}

const soundEnd = (header: SoundHeader): number => header.dataOffset + header.frames * bytesPerFrame(header);
const sound = (header: SoundHeader): Range[] =>
  ranges(header.dataOffset, soundEnd(header), bytesPerFrame(header), true);
const rest = (file: Blob, header: SoundHeader): Range[] => ranges(soundEnd(header), file.size, 1, false);

function ranges(from: number, to: number, unit: number, isSound: boolean): Range[] {
  const step = Math.floor(pieceBytes / unit) * unit;
  const pieces: Range[] = [];
  for (let start = from; start < to; start += step) {
    pieces.push({ start, end: Math.min(start + step, to), isSound });
  }
  return pieces;
}

/**
 * @param pieces each begins where the one before ends
 * @throws DOMException when the file is not the chosen one any more, at the end of it at the latest
 */
async function* readRanges(file: Blob, pieces: readonly Range[]): AsyncGenerator<FilePiece> {
  const reader = file.slice(pieces[0]?.start, pieces.at(-1)?.end).stream().getReader({ mode: 'byob' });
  try {
    let buffer = new ArrayBuffer(pieceBytes);
    for (const { start, end, isSound } of pieces) {
      const bytes = await readExactly(reader, buffer, end - start);
      buffer = bytes.buffer;
      yield { bytes, isSound, end };
    }
    // An open stream goes on through a file that was changed or removed meanwhile; a new one refuses.
    await file.slice(0, 1).arrayBuffer();
  } finally {
    // After a failure there is nothing to cancel, and that failure is on its way already.
    await reader.cancel().catch(() => undefined);
  }
}

/** The stream takes the buffer over and gives it back in what this resolves to. */
async function readExactly(
  reader: ReadableStreamBYOBReader,
  buffer: ArrayBuffer,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = new Uint8Array(buffer, 0, 0);
  while (bytes.byteLength < length) {
    const filled = bytes.byteLength;
    const { value, done } = await reader.read(new Uint8Array(bytes.buffer, filled, length - filled));
    if (done) throw new AtomeError('ERR_FILE_VANISHED');
    bytes = new Uint8Array(value.buffer, 0, filled + value.byteLength);
  }
  return bytes;
}
