// Imports AIFF and AIFF-C: their samples become a float32 WAV.
import { soundOfFile } from './file-pieces.ts';
import { decodeShare, FloatSink } from './float-sink.ts';
import type { ImportJob, StoredSound } from './import-job.ts';
import type { SoundHeader } from './media-kernel.ts';
import type { PeakStore } from './peak-store.ts';

export async function importAiff(job: ImportJob, header: SoundHeader, peaks: PeakStore): Promise<StoredSound> {
  const { file, kernel, progress, signal } = job;
  const sink = await FloatSink.create(job, header.channels, header.sampleRate);
  try {
    let nonFinite = 0;
    for await (const piece of soundOfFile(file, header)) {
      signal.throwIfAborted();
      const converted = kernel.toFloat(piece.bytes, header.format);
      nonFinite += converted.nonFinite;
      sink.write(converted.samples);
      progress.report('decoding', (decodeShare * piece.end) / file.size);
    }
    const stored = await sink.finish(peaks);
    return { ...stored, nonFinite, repaired: header.repaired };
  } catch (thrown) {
    await sink.abort();
    throw thrown;
  } finally {
    sink.dispose();
  }
}
