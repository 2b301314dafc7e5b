// Reads a stretch of a stored sound as planar float32, for drawing single samples.
import { clamp } from '../core/units.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobStore } from '../storage/types.ts';
import { bytesPerFrame, type MediaKernel } from './media-kernel.ts';

/** [start, start + frames) of the sound, clipped to what there is. @throws AtomeError ERR_NOT_FOUND, ERR_STORAGE_READ */
export async function readSamples(
  blobs: BlobStore,
  kernel: MediaKernel,
  hash: string,
  start: number,
  frames: number,
): Promise<Float32Array[]> {
  const info = await blobs.info(hash);
  if (!info) throw new AtomeError('ERR_NOT_FOUND', `blob ${hash}`);
  const from = clamp(Math.floor(start), 0, info.frames);
  const to = clamp(Math.floor(start + frames), from, info.frames);
  const frameBytes = bytesPerFrame(info);
  const file = await blobs.get(hash);
  const slice = file.slice(info.dataOffset + from * frameBytes, info.dataOffset + to * frameBytes);
  const bytes = new Uint8Array(await slice.arrayBuffer());
  if (bytes.byteLength < (to - from) * frameBytes) throw new AtomeError('ERR_STORAGE_READ');
  return deinterleave(kernel.toFloat(bytes, info.format).samples, info.channels);
}

function deinterleave(samples: Float32Array, count: number): Float32Array[] {
  const frames = samples.length / count;
  return Array.from({ length: count }, (_, channel) => {
    const plane = new Float32Array(frames);
    for (let frame = 0; frame < frames; frame++) plane[frame] = samples[frame * count + channel] ?? 0;
    return plane;
  });
}
