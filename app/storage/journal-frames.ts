// Frames of a journal: texts one behind the other in a file, each with its length and checksum, so that one that a kill has cut off
// or a disk has damaged is known from those that are whole.
//
// A frame: four bytes that stand nowhere in UTF-8, the text's length in bytes, its CRC-32 (both 32 bits, little endian), the text.
import { crc32 } from '../core/crc32.ts';

/** The bytes that begin every frame. */
const mark = Uint8Array.of(0xf5, 0x41, 0x4a, 0xf5);
export const headerBytes = 12;

/** A file of frames as it is read. */
export interface FrameFile {
  readonly size: number;
  /** Reads into `into` from byte `at`; returns how many bytes there were. */
  read(into: Uint8Array<ArrayBuffer>, at: number): number;
}

export interface Frame {
  readonly text: string;
  /** The byte behind it. */
  readonly end: number;
}

/** Bytes that are looked through for a mark at a time. */
const windowBytes = 1 << 16;

/** Texts as frames, one behind the other. */
export function framesOf(texts: readonly string[]): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const encoded = texts.map((text) => encoder.encode(text));
  const bytes = new Uint8Array(encoded.reduce((sum, { length }) => sum + headerBytes + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const text of encoded) {
    bytes.set(mark, at);
    view.setUint32(at + 4, text.length, true);
    view.setUint32(at + 8, crc32(text), true);
    bytes.set(text, at + headerBytes);
    at += headerBytes + text.length;
  }
  return bytes;
}

/** The whole frame that begins at a byte; undefined where none does. */
export function frameAt(file: FrameFile, at: number): Frame | undefined {
  const header = bytesAt(file, at, headerBytes);
  if (header.length < headerBytes || !mark.every((byte, index) => header[index] === byte)) return undefined;
  const view = new DataView(header.buffer);
  const length = view.getUint32(4, true);
  const end = at + headerBytes + length;
  if (end > file.size) return undefined;
  const text = bytesAt(file, at + headerBytes, length);
  if (text.length < length || crc32(text) !== view.getUint32(8, true)) return undefined;
  return { text: new TextDecoder().decode(text), end };
}

/** The last whole frame: in front of it may be anything, behind it only what a kill has left. */
export function lastFrame(file: FrameFile): Frame | undefined {
  // Windows share the bytes of a mark that lies across their border.
  for (let end = file.size; end > 0; end -= windowBytes) {
    const from = Math.max(end - windowBytes, 0);
    const marks = marksIn(bytesAt(file, from, end - from + mark.length - 1));
    for (const at of marks.reverse()) {
      const frame = frameAt(file, from + at);
      if (frame) return frame;
    }
  }
  return undefined;
}

/** All whole frames from the first on. @param onUnreadable told of bytes between them that are no frame */
export function* framesIn(file: FrameFile, onUnreadable: (bytes: number) => void): Generator<Frame> {
  for (let at = 0; at < file.size; ) {
    const frame = frameAt(file, at);
    if (frame) yield frame;
    const next = frame?.end ?? nextMark(file, at + 1);
    if (!frame) onUnreadable(next - at);
    at = next;
  }
}

/** The file's size where there is none. */
function nextMark(file: FrameFile, from: number): number {
  for (let at = from; at < file.size; at += windowBytes) {
    const [first] = marksIn(bytesAt(file, at, windowBytes + mark.length - 1));
    if (first !== undefined) return at + first;
  }
  return file.size;
}

function marksIn(bytes: Uint8Array): number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(mark[0] ?? 0); at >= 0; at = bytes.indexOf(mark[0] ?? 0, at + 1)) {
    if (mark.every((byte, index) => bytes[at + index] === byte)) found.push(at);
  }
  return found;
}

/** As many of them as the file has. */
function bytesAt(file: FrameFile, at: number, length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(Math.max(Math.min(length, file.size - at), 0));
  return bytes.subarray(0, file.read(bytes, at));
}
