// Brings the index back in step with the disk after a crash between a move and its row, or after a lost index.
import type { BlobShelf } from './blob-shelf.ts';
import { withFreeLock, withLock } from './locks.ts';
import type { BlobShape } from './types.ts';

/** Bytes of a file's start that are enough to find its samples behind any reasonable metadata. */
export const headBytes = 1 << 20;

/** Reads what a WAV holds from its first bytes. @throws AtomeError of the 5000s for anything that is no WAV */
export type ParseShape = (head: Uint8Array<ArrayBuffer>, fileSize: number) => BlobShape;

export const readHead = async (file: Blob): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await file.slice(0, headBytes).arrayBuffer());

/**
 * Rows without a file are dropped; files without a stored row get one where their header can be read. Where another tab
 * or worker is at it already, its end is waited for and nothing is done twice.
 */
export async function healIndex(shelf: BlobShelf, parseShape: ParseShape): Promise<void> {
  const lock = `atome:heal:${shelf.userId}`;
  if (!(await withFreeLock(lock, () => compare(shelf, parseShape)))) await withLock(lock, () => Promise.resolve());
}

async function compare(shelf: BlobShelf, parseShape: ParseShape): Promise<void> {
  const rows = new Map((await shelf.index.rows()).map((row) => [row.hash, row]));
  const files = await shelf.onDisk();
  for (const hash of rows.keys()) if (!files.has(hash)) await dropRow(shelf, hash);
  for (const hash of files) if (rows.get(hash)?.state !== 'stored') await addRow(shelf, hash, parseShape);
}

/** Looks again inside the blob's lock: a writer may have placed the file since the listing. */
function dropRow(shelf: BlobShelf, hash: string): Promise<void> {
  return shelf.locked(hash, async () => {
    if (!(await shelf.find(hash))) await shelf.index.remove(hash);
  });
}

function addRow(shelf: BlobShelf, hash: string, parseShape: ParseShape): Promise<void> {
  return shelf.locked(hash, async () => {
    const known = await shelf.index.row(hash);
    const found = await shelf.find(hash);
    if (!found || known?.state === 'stored') return;
    const file = await found.handle.getFile();
    if (known?.bytes === file.size) {
      await shelf.index.write(shelf.row(hash, found.source, known));
      return;
    }
    const shape = shapeOrUndefined(await readHead(file), file.size, parseShape);
    if (!shape) return;
    await shelf.index.write(
      shelf.row(hash, found.source, { ...shape, bytes: file.size, createdAt: file.lastModified }),
    );
  });
}

/** A file that cannot be read stays where it is, out of sight: its bytes may still be wanted by a person. */
function shapeOrUndefined(head: Uint8Array<ArrayBuffer>, size: number, parseShape: ParseShape): BlobShape | undefined {
  try {
    return parseShape(head, size);
  } catch {
    return undefined;
  }
}
