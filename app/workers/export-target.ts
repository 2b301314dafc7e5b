// Where an export goes: a temporary file on the origin private file system, which the page hands to the downloads.
import { AtomeError } from '../protocol/errors.ts';
import { temporaryDirectory } from '../storage/blob-paths.ts';
import { exportPlace } from '../storage/export-files.ts';
import { moveFile, openDirectory } from '../storage/file-access.ts';
import { storageError } from '../storage/storage-errors.ts';
import { createTemporaryFile } from '../storage/temporary-file.ts';

export interface ExportTarget {
  /** @throws AtomeError ERR_DISK_FULL, ERR_EXPORT */
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The whole file, disk-backed; the next export of the tab takes its place. */
  finish(): Promise<File>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

/** @param tab as `exportPlace` wants it. Until it is whole the file is one of the store's temporary ones, which are swept when their writer is gone. */
export async function openExportTarget(userId: string, tab: string): Promise<ExportTarget> {
  const temporary = await createTemporaryFile(await openDirectory(temporaryDirectory(userId)));
  const access = await temporary.openSync();
  let at = 0;
  return {
    write(bytes) {
      try {
        if (access.write(bytes, { at }) < bytes.byteLength) throw new AtomeError('ERR_DISK_FULL');
        at += bytes.byteLength;
      } catch (thrown) {
        throw storageError(thrown, 'ERR_EXPORT');
      }
    },
    async finish() {
      access.flush();
      access.close();
      const { directory, name } = await exportPlace(tab, 'wav');
      await moveFile(temporary.handle, directory, name);
      temporary.release();
      return temporary.handle.getFile();
    },
    async abort() {
      access.close();
      await temporary.remove();
    },
  };
}
