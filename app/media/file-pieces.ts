// Reads a sound file in pieces that never tear a frame, the next one while the last is worked on.
import { AtomeError } from '../protocol/errors.ts';
import { bytesPerFrame, type SoundHeader } from './media-kernel.ts';

export interface FilePiece {
  /** A buffer of its own. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Whole frames of samples; otherwise header, trailing chunks or half a frame at the end. */
  readonly isSound: boolean;
  /** Byte after the piece. */
  readonly end: number;
}

/** About the size of a piece. */
const pieceBytes = 2 * 1024 * 1024;

type Range = Omit<FilePiece, 'bytes'> & { readonly start: number };

/** All bytes of the file in order. */
export const wholeFile = (file: Blob, header: SoundHeader): AsyncGenerator<FilePiece> =>
  readRanges(file, [...ranges(0, header.dataOffset, 1, false), ...sound(header), ...rest(file, header)]);

/** The samples alone. */
export const soundOfFile = (file: Blob, header: SoundHeader): AsyncGenerator<FilePiece> =>
  readRanges(file, sound(header));

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

async function* readRanges(file: Blob, pieces: readonly Range[]): AsyncGenerator<FilePiece> {
  const read = async (piece: Range | undefined): Promise<FilePiece | undefined> =>
    piece && { bytes: await readExactly(file, piece), isSound: piece.isSound, end: piece.end };
  let ahead = read(pieces[0]);
  for (const index of pieces.keys()) {
    const piece = await ahead;
    ahead = read(pieces[index + 1]);
    // Whoever stops early never asks for it, and its failure is then nobody's.
    ahead.catch(() => undefined);
    if (piece) yield piece;
  }
}

async function readExactly(file: Blob, { start, end }: Range): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await file.slice(start, end).arrayBuffer());
  if (bytes.byteLength < end - start) throw new AtomeError('ERR_FILE_VANISHED');
  return bytes;
}
