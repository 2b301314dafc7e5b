// Streams a rendered timeline into a WAV file, block by block.
import { type OfflineRender, renderBlockFrames, renderFrames, renderOffline } from './offline-renderer.ts';
import { sampleBytes } from './pager.ts';
import { type ExportSampleFormat, PcmEncoder } from './pcm-encoder.ts';

export interface WavExport extends Omit<OfflineRender, 'onBlock' | 'onProgress'> {
  readonly format: ExportSampleFormat;
  /** The file's header for exactly these channels, this rate and renderFrames(render) frames. */
  readonly header: Uint8Array<ArrayBuffer>;
  /** Appends to the file. */
  readonly write: (bytes: Uint8Array<ArrayBuffer>) => void | Promise<void>;
  readonly onProgress?: (progress: { readonly fraction: number; readonly speed: number }) => void;
}

/** @throws AtomeError as renderOffline does, and whatever `write` throws */
export async function exportWav(options: WavExport): Promise<void> {
  const { module, format, channels = 2, header, write, onProgress, ...render } = options;
  const encoder = new PcmEncoder(module, format, channels, renderBlockFrames);
  const frames = renderFrames(render);
  const began = performance.now();
  await write(header);
  await renderOffline({
    ...render,
    module,
    channels,
    onBlock: (block, length) => write(encoder.encode(block, length)),
    onProgress: (fraction) => {
      const seconds = Math.max(1e-3, (performance.now() - began) / 1000);
      onProgress?.({ fraction, speed: (fraction * frames) / render.sampleRate / seconds });
    },
  });
  // Chunks of RIFF begin at even bytes.
  if ((frames * channels * sampleBytes(format)) % 2 === 1) await write(new Uint8Array(1));
}
