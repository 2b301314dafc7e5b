// Where an export goes: a temporary file on the origin private file system, which the page hands to the downloads.
import { AtomeError } from '../protocol/errors.ts';
import { openSyncAccess } from '../storage/file-access.ts';
import { isQuotaError } from '../storage/storage-errors.ts';

export interface ExportTarget {
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** The whole file, disk-backed. */
  finish(): Promise<File>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

const folderName = 'exports';
const temporaryName = 'mix.wav';

export async function openExportTarget(): Promise<ExportTarget> {
  const root = await navigator.storage.getDirectory();
  const folder = await root.getDirectoryHandle(folderName, { create: true });
  const handle = await folder.getFileHandle(temporaryName, { create: true });
  const access = await openSyncAccess(handle, 'readwrite');
  access.truncate(0);
  let at = 0;
  return {
    write(bytes) {
      try {
        at += access.write(bytes, { at });
      } catch (thrown) {
        refuse(thrown);
      }
    },
    async finish() {
      access.flush();
      access.close();
      return handle.getFile();
    },
    async abort() {
      access.close();
      await folder.removeEntry(temporaryName);
    },
  };
}

function refuse(thrown: unknown): never {
  const detail = thrown instanceof Error ? thrown.message : String(thrown);
  throw new AtomeError(isQuotaError(thrown) ? 'ERR_DISK_FULL' : 'ERR_EXPORT', detail);
}
