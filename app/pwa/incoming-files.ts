// Sound files that the operating system opens with the installed page, or that other programs share with it.
import { takeSharedFiles } from './share-target.ts';

interface LaunchParameters {
  readonly files: readonly FileSystemFileHandle[];
}

interface LaunchQueue {
  setConsumer(consumer: (parameters: LaunchParameters) => void): void;
}

declare global {
  interface Window {
    readonly launchQueue?: LaunchQueue;
  }
}

/**
 * Calls back with every batch of files that comes in, from the page's start on; call it once, when imports can run.
 * Files that cannot be opened any more are reported to `failed`.
 */
export function incomingFiles(received: (files: File[]) => void, failed: (reason: unknown) => void): void {
  const deliver = (files: Promise<File[]>): void => {
    files.then((batch) => batch.length > 0 && received(batch)).catch(failed);
  };
  window.launchQueue?.setConsumer(({ files }) => deliver(Promise.all(files.map((handle) => handle.getFile()))));
  if ('caches' in window) deliver(takeSharedFiles());
}
