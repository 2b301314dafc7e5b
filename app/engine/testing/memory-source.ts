// Sounds in memory as the pager reads them: interleaved float32 bytes without a header.
import { sampleFormats } from '../../protocol/engine-layout.ts';
import type { PagedSource } from '../pager.ts';

export function memorySource(channels: readonly Float32Array[], sampleRate: number): PagedSource {
  const frames = channels[0]?.length ?? 0;
  const interleaved = new Float32Array(frames * channels.length);
  for (const [index, channel] of channels.entries()) {
    for (let frame = 0; frame < frames; frame++) interleaved[frame * channels.length + index] = channel[frame] ?? 0;
  }
  const bytes = new Uint8Array(interleaved.buffer);
  return {
    shape: { format: sampleFormats.F32, channels: channels.length, sampleRate, frames, dataOffset: 0 },
    read(into, at) {
      const part = bytes.subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    close: () => undefined,
  };
}
