// A sound file under Node, read piece by piece: its shape, and its samples as planar float32.
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { bytesPerFrame, MediaKernel, type SoundHeader } from '../app/media/media-kernel.ts';
import { headerFailure } from '../app/media/sound-header.ts';
import { headerStatus } from '../app/protocol/engine-layout.ts';
import { AtomeError } from '../app/protocol/errors.ts';

export interface SoundFile extends Pick<SoundHeader, 'channels' | 'sampleRate' | 'frames'> {
  /** Puts a channel's frames from `begin` on into `samples`; all of them lie inside the sound. */
  read(channel: number, begin: number, samples: Float32Array): void;
  close(): void;
}

const firstRead = 65_536;
/** Frames read and converted at a time; two such pieces are kept. */
const pieceFrames = 65_536;

interface Piece {
  readonly index: number;
  /** Interleaved. */
  readonly samples: Float32Array;
}

/** @param module build/engine.wasm, which reads headers and samples. @throws Error with what to tell the person */
export function openSoundFile(path: string, module: WebAssembly.Module): SoundFile {
  const file = openSync(path, 'r');
  try {
    const kernel = new MediaKernel(module);
    const header = readHeader(file, kernel);
    const { channels, sampleRate, frames } = header;
    const pieces: Piece[] = [];
    const pieceAt = (index: number): Float32Array => {
      const known = pieces.find((piece) => piece.index === index);
      if (known) return known.samples;
      if (pieces.length === 2) pieces.shift();
      const samples = readPiece(file, kernel, header, index);
      pieces.push({ index, samples });
      return samples;
    };
    return {
      ...{ channels, sampleRate, frames },
      read(channel, begin, samples) {
        for (let done = 0; done < samples.length; ) {
          const frame = begin + done;
          const piece = pieceAt(Math.floor(frame / pieceFrames));
          const from = frame % pieceFrames;
          const count = Math.min(pieceFrames - from, samples.length - done);
          for (let index = 0; index < count; index++)
            samples[done + index] = piece[(from + index) * channels + channel] as number;
          done += count;
        }
      },
      close: () => closeSync(file),
    };
  } catch (thrown) {
    closeSync(file);
    throw thrown;
  }
}

function readHeader(file: number, kernel: MediaKernel): SoundHeader {
  const { size } = fstatSync(file);
  for (let wanted = firstRead; ; ) {
    const head = new Uint8Array(Math.min(wanted, size));
    const header = kernel.parseHeader(head.subarray(0, readSync(file, head, 0, head.length, 0)), size);
    if (header.status === headerStatus.OK) return header;
    if (header.status === headerStatus.UNKNOWN) throw new Error('This is neither a WAV nor an AIFF file.');
    if (header.status !== headerStatus.NEED_MORE || wanted >= size) throw new AtomeError(headerFailure(header));
    wanted = header.wantedBytes;
  }
}

function readPiece(file: number, kernel: MediaKernel, header: SoundHeader, index: number): Float32Array {
  const width = bytesPerFrame(header);
  const begin = index * pieceFrames;
  const bytes = new Uint8Array(Math.min(pieceFrames, header.frames - begin) * width);
  const read = readSync(file, bytes, 0, bytes.length, header.dataOffset + begin * width);
  if (read < bytes.length) throw new AtomeError('ERR_FILE_VANISHED');
  return kernel.toFloat(bytes, header.format).samples;
}
