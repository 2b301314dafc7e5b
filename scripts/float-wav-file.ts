// Writes a 32-bit float WAV under Node, block by block; the file is there once it is whole.
import { closeSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { wavHeader } from '../app/media/wav-header.ts';

export interface FloatWavFile {
  /** Appends frames, one array per channel. */
  write(block: readonly Float32Array[]): void;
  finish(): void;
  /** Ends it without a file. */
  abort(): void;
}

interface Shape {
  readonly channels: number;
  /** Hz. */
  readonly sampleRate: number;
  readonly frames: number;
}

/** Samples that are gathered before they are written. */
const gathered = 262_144;

export function createFloatWavFile(path: string, shape: Shape): FloatWavFile {
  // A device or a pipe can only be written to, not put in place of.
  const inPlace = statSync(path, { throwIfNoEntry: false })?.isFile() === false;
  const target = inPlace ? path : `${path}.${process.pid}.part`;
  const file = openSync(target, 'w');
  const samples = new Float32Array(gathered);
  let waiting = 0;
  const flush = (): void => {
    writeAll(file, new Uint8Array(samples.buffer, 0, 4 * waiting));
    waiting = 0;
  };
  const abort = (): void => {
    closeSync(file);
    if (!inPlace) rmSync(target);
  };
  writeAll(file, wavHeader({ format: 'F32', ...shape }));
  return {
    write(block) {
      const frames = block[0]?.length ?? 0;
      for (let frame = 0; frame < frames; frame++) {
        if (waiting + block.length > gathered) flush();
        for (const channel of block) samples[waiting++] = channel[frame] as number;
      }
    },
    finish() {
      flush();
      closeSync(file);
      if (!inPlace) renameSync(target, path);
    },
    abort,
  };
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
}
