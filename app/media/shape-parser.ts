// Tells a blob store what a WAV's first bytes say, with the engine's own parser.
import { headerStatus } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobShape } from '../storage/types.ts';
import { MediaKernel } from './media-kernel.ts';
import { headerFailure, shapeOf } from './sound-header.ts';

/**
 * For workers. The module is instantiated when the first header comes, which in most sessions is never.
 * The parser throws AtomeError of the 5000s for anything but a WAV whose samples this program reads.
 */
export function createShapeParser(module: WebAssembly.Module): (head: Uint8Array, fileSize: number) => BlobShape {
  let kernel: MediaKernel | undefined;
  return (head, fileSize) => {
    kernel ??= new MediaKernel(module);
    const header = kernel.parseHeader(head, fileSize);
    if (header.status !== headerStatus.OK) throw new AtomeError(headerFailure(header));
    if (header.container !== 'wav') throw new AtomeError('ERR_FILE_FORMAT', 'only WAV files are stored');
    return shapeOf(header);
  };
}
