// Reads the header of a file, as far as it takes, and says in the catalogue's words what is wrong with it.
import { headerStatus } from '../protocol/engine-layout.ts';
import { AtomeError, type ErrorName } from '../protocol/errors.ts';
import type { BlobShape } from '../storage/types.ts';
import type { MediaKernel, SoundHeader } from './media-kernel.ts';

const firstRead = 64 * 1024;
/** Metadata in front of the samples beyond this is taken for damage. */
const longestHead = 64 * 1024 * 1024;

/** Reads the start of the file until its header is decided. */
export async function readSoundHeader(kernel: MediaKernel, file: Blob): Promise<SoundHeader> {
  let wanted = firstRead;
  for (;;) {
    const head = new Uint8Array(await file.slice(0, wanted).arrayBuffer());
    const header = kernel.parseHeader(head, file.size);
    if (header.status !== headerStatus.NEED_MORE) return header;
    if (header.wantedBytes > longestHead) throw new AtomeError('ERR_FILE_DAMAGED', 'its header has no end');
    wanted = header.wantedBytes;
  }
}

const failures: Readonly<Record<number, ErrorName>> = {
  [headerStatus.UNKNOWN]: 'ERR_FILE_NOT_AUDIO',
  [headerStatus.NEED_MORE]: 'ERR_FILE_DAMAGED',
  [headerStatus.DAMAGED]: 'ERR_FILE_DAMAGED',
  [headerStatus.UNSUPPORTED]: 'ERR_FILE_FORMAT',
  [headerStatus.CHANNELS]: 'ERR_FILE_CHANNELS',
  [headerStatus.EMPTY]: 'ERR_FILE_EMPTY',
};

/** The catalogue's name for a header that is not OK. */
export const headerFailure = (header: SoundHeader): ErrorName => failures[header.status] ?? 'ERR_FILE_DAMAGED';

/** Where the samples of a sound header are, as the blob store keeps it. */
export const shapeOf = ({ format, channels, sampleRate, frames, dataOffset }: SoundHeader): BlobShape => ({
  format,
  channels,
  sampleRate,
  frames,
  dataOffset,
});
