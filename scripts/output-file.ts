// A file that a shell command writes piece by piece, and that is there once it is whole.
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';

export interface OutputFile {
  /** Appends. */
  write(bytes: Uint8Array): void;
  /** Puts it in the place of whatever has its name. */
  finish(): void;
  /** Ends it without a file; what had its name stays as it was. */
  abort(): void;
}

export function createOutputFile(path: string): OutputFile {
  // A device or a pipe can only be written to, not put in place of.
  const inPlace = statSync(path, { throwIfNoEntry: false })?.isFile() === false;
  const target = inPlace ? path : `${path}.${process.pid}.part`;
  const file = openFor(path, target);
  return {
    write(bytes) {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    },
    finish() {
      closeSync(file);
      if (!inPlace) renameSync(target, path);
    },
    abort() {
      closeSync(file);
      if (!inPlace) rmSync(target);
    },
  };
}

function openFor(path: string, target: string): number {
  try {
    return openSync(target, 'w');
  } catch (thrown) {
    // What is in the way of the one is in the way of the other, and only one of them is known to the person.
    throw Object.assign(thrown as Error, { path });
  }
}
