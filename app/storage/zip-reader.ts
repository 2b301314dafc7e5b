// Finds the stored entries of a zip by its central directory, with bounds on everything a hostile file could claim.
// PKWARE, APPNOTE.TXT 6.3: 4.3.7 local header, 4.3.12 central header, 4.3.14 to 4.3.16 end records, 4.5.3 zip64.
import { AtomeError } from '../protocol/errors.ts';

/** Random access to the bytes of a file. */
export interface ByteSource {
  readonly size: number;
  /** The bytes from `at` on, fewer than `length` only at the end. */
  read(at: number, length: number): Uint8Array;
}

export interface ZipEntry {
  readonly name: string;
  readonly size: number;
  /** Byte of the archive at which the entry's content begins. */
  readonly offset: number;
  /** CRC-32 that the content should have. */
  readonly checksum: number;
}

const localHeader = 0x04034b50;
const centralHeader = 0x02014b50;
const endRecord = 0x06054b50;
const end64Locator = 0x07064b50;
const end64Record = 0x06064b50;

const endBytes = 22;
const centralBytes = 46;
const localBytes = 30;
const maximumComment = 0xffff;
const maximumDirectory = 64 << 20;
const absent32 = 0xffffffff;

interface Directory {
  readonly entries: number;
  readonly size: number;
  readonly offset: number;
}

export const damaged = (detail: string): AtomeError => new AtomeError('ERR_PROJECT_FILE', detail);

/** All entries by name. @throws AtomeError ERR_PROJECT_FILE, also where an entry is compressed or encrypted */
export function readZipEntries(source: ByteSource): Map<string, ZipEntry> {
  const directory = findDirectory(source);
  if (directory.size > maximumDirectory) throw damaged('the list of files is too long');
  const view = viewOf(source, directory.offset, directory.size);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < directory.entries; index++) {
    const { entry, length } = readEntry(view, at);
    if (entries.has(entry.name)) throw damaged(`two files are named ${entry.name}`);
    entries.set(entry.name, { ...entry, offset: contentOffset(source, entry.offset, entry.size) });
    at += length;
  }
  assertApart(entries.values());
  return entries;
}

/** Entries that share bytes would make much out of little. */
function assertApart(entries: Iterable<ZipEntry>): void {
  let end = 0;
  for (const { name, offset, size } of [...entries].sort((a, b) => a.offset - b.offset)) {
    if (offset < end) throw damaged(`${name} lies inside another file`);
    end = offset + size;
  }
}

function viewOf(source: ByteSource, at: number, length: number): DataView {
  if (!(at >= 0 && length >= 0 && at + length <= source.size)) throw damaged('it ends too early');
  const bytes = source.read(at, length);
  if (bytes.byteLength < length) throw damaged('it ends too early');
  return new DataView(bytes.buffer, bytes.byteOffset, length);
}

function findDirectory(source: ByteSource): Directory {
  const length = Math.min(source.size, endBytes + maximumComment);
  const start = source.size - length;
  const view = viewOf(source, start, length);
  for (let at = length - endBytes; at >= 0; at--) {
    if (view.getUint32(at, true) !== endRecord || at + endBytes + view.getUint16(at + 20, true) !== length) continue;
    const directory = {
      entries: view.getUint16(at + 10, true),
      size: view.getUint32(at + 12, true),
      offset: view.getUint32(at + 16, true),
    };
    const isLarge = directory.entries === 0xffff || directory.size === absent32 || directory.offset === absent32;
    return isLarge ? findLargeDirectory(source, start + at) : directory;
  }
  throw damaged('it is no archive');
}

function findLargeDirectory(source: ByteSource, endAt: number): Directory {
  const locator = viewOf(source, endAt - 20, 20);
  if (locator.getUint32(0, true) !== end64Locator) throw damaged('the end record is missing');
  const record = viewOf(source, readUint64(locator, 8), 56);
  if (record.getUint32(0, true) !== end64Record) throw damaged('the end record is missing');
  return { entries: readUint64(record, 32), size: readUint64(record, 40), offset: readUint64(record, 48) };
}

function readEntry(view: DataView, at: number): { entry: ZipEntry; length: number } {
  if (at + centralBytes > view.byteLength || view.getUint32(at, true) !== centralHeader) {
    throw damaged('the list of files is broken');
  }
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  const nameLength = view.getUint16(at + 28, true);
  const extraLength = view.getUint16(at + 30, true);
  const length = centralBytes + nameLength + extraLength + view.getUint16(at + 32, true);
  if (at + length > view.byteLength) throw damaged('the list of files is broken');
  const name = new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at + centralBytes, nameLength));
  if (method !== 0 || (flags & 1) !== 0) throw damaged(`${name} was packed by another program`);
  const claimed = {
    stored: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  };
  const { stored, size, offset } = readLargeFields(view, at + centralBytes + nameLength, extraLength, claimed);
  if (stored !== size) throw damaged(`${name} has two sizes`);
  return { entry: { name, size, offset, checksum: view.getUint32(at + 16, true) }, length };
}

interface Claim {
  readonly stored: number;
  readonly size: number;
  readonly offset: number;
}

/** The zip64 field holds, in this order, those of size, stored size and offset that do not fit into 32 bits. */
function readLargeFields(view: DataView, extraAt: number, extraLength: number, claim: Claim): Claim {
  const end = extraAt + extraLength;
  for (let at = extraAt; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const fieldEnd = at + 4 + view.getUint16(at + 2, true);
    let next = at + 4;
    const take = (small: number): number => {
      if (small !== absent32) return small;
      if (next + 8 > Math.min(fieldEnd, end)) throw damaged('a size is missing');
      next += 8;
      return readUint64(view, next - 8);
    };
    const size = take(claim.size);
    const stored = take(claim.stored);
    return { size, stored, offset: take(claim.offset) };
  }
  return claim;
}

function contentOffset(source: ByteSource, headerAt: number, size: number): number {
  const header = viewOf(source, headerAt, localBytes);
  if (header.getUint32(0, true) !== localHeader) throw damaged('a file is not where the list says');
  const offset = headerAt + localBytes + header.getUint16(26, true) + header.getUint16(28, true);
  if (offset + size > source.size) throw damaged('it ends too early');
  return offset;
}

function readUint64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > Number.MAX_SAFE_INTEGER) throw damaged('a size is too large');
  return Number(value);
}
