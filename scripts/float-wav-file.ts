// Writes a 32-bit float WAV under Node, block by block; the file is there once it is whole.
import { wavHeader } from '../app/media/wav-header.ts';
import { createOutputFile } from './output-file.ts';

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
  const file = createOutputFile(path);
  const samples = new Float32Array(gathered);
  let waiting = 0;
  const flush = (): void => {
    file.write(new Uint8Array(samples.buffer, 0, 4 * waiting));
    waiting = 0;
  };
  file.write(wavHeader({ format: 'F32', ...shape }));
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
      file.finish();
    },
    abort: file.abort,
  };
}
