// What a page's origin holds on its private file system: sounds by the digest of their bytes, and what writers left.
import type { Page } from '@playwright/test';

export interface Stored {
  /** `path digest` of every finished sound, sorted; the digest is of the bytes as they are now. */
  readonly sounds: readonly string[];
  /** Paths of files that are not finished, sorted. */
  readonly unfinished: readonly string[];
  /** Bytes of all files, the space reserve left out. */
  readonly bytes: number;
}

/** Reads everything there is. A file that changes or goes meanwhile is seen as it is at one moment or the other. */
export function storedOn(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const sounds: string[] = [];
    const unfinished: string[] = [];
    let bytes = 0;
    const hex = (digest: ArrayBuffer): string =>
      Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
    const visit = async (directory: FileSystemDirectoryHandle, path: string): Promise<void> => {
      for await (const [name, handle] of directory.entries()) {
        const here = `${path}/${name}`;
        if (handle instanceof FileSystemDirectoryHandle) {
          await visit(handle, here);
          continue;
        }
        const file = await (handle as FileSystemFileHandle).getFile();
        if (name !== 'reserve.bin') bytes += file.size;
        if (/\.(part|crswap)$/.test(name)) unfinished.push(here);
        else if (name.endsWith('.wav') && here.includes('/audio/')) {
          sounds.push(`${here} ${hex(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))}`);
        }
      }
    };
    await visit(await navigator.storage.getDirectory(), '');
    return { sounds: sounds.sort(), unfinished: unfinished.sort(), bytes };
  });
}
