// Writes a temporary file from start to end, in workers and on the page alike.
import { AtomeError } from '../protocol/errors.ts';
import { hasSyncAccess } from './file-access.ts';
import type { TemporaryFile } from './temporary-file.ts';

export interface SequentialSink {
  /** The bytes may be reused once this is settled. */
  write(bytes: Uint8Array): Promise<void> | void;
  /** Puts everything on disk. */
  close(): Promise<void> | void;
  /** Gives up; the file is then removed by its owner. */
  abort(): Promise<void> | void;
}

/** Outside workers there is only the browser's copying stream; what it loses in a crash was not yet promised. */
export const openSink = (temporary: TemporaryFile): Promise<SequentialSink> =>
  hasSyncAccess(temporary.handle) ? openSyncSink(temporary) : openStreamSink(temporary);

async function openSyncSink(temporary: TemporaryFile): Promise<SequentialSink> {
  const access = await temporary.openSync();
  let at = 0;
  return {
    write: (bytes) => {
      const written = access.write(bytes, { at });
      if (written < bytes.byteLength) throw new AtomeError('ERR_DISK_FULL');
      at += written;
    },
    close: () => {
      access.flush();
      access.close();
    },
    abort: () => access.close(),
  };
}

async function openStreamSink(temporary: TemporaryFile): Promise<SequentialSink> {
  const writable = await temporary.handle.createWritable();
  return {
    // The stream takes no shared memory, so each piece is copied.
    write: (bytes) => writable.write(new Uint8Array(bytes)),
    close: () => writable.close(),
    abort: () => writable.abort().catch(() => undefined),
  };
}
