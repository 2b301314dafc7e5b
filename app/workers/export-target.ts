// Where an export goes: the file a person chose, or a temporary file on the origin private file system.
import { AtomeError } from '../protocol/errors.ts';
import { openSyncAccess } from '../storage/file-access.ts';
import { isQuotaError } from '../storage/storage-errors.ts';

export interface ExportTarget {
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;
  /** The whole file where it is a temporary one. */
  finish(): Promise<File | null>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

const folderName = 'exports';
const temporaryName = 'mix.wav';

export const openExportTarget = (chosen: FileSystemFileHandle | null): Promise<ExportTarget> =>
  chosen ? openChosen(chosen) : openTemporary();

async function openChosen(handle: FileSystemFileHandle): Promise<ExportTarget> {
  const stream = await handle.createWritable();
  return {
    write: (bytes) => stream.write(bytes).catch(refuse),
    async finish() {
      await stream.close().catch(refuse);
      return null;
    },
    abort: () => stream.abort(),
  };
}

async function openTemporary(): Promise<ExportTarget> {
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
