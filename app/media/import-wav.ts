// Imports a WAV as its own bytes: read once, hashed, drawn and stored as they pass.
import { wholeFile } from './file-pieces.ts';
import type { ImportJob, StoredSound } from './import-job.ts';
import type { SoundHeader } from './media-kernel.ts';
import type { PeakStore } from './peak-store.ts';
import { shapeOf } from './sound-header.ts';
import { createStreamHasher } from './stream-hasher.ts';

/** Share of the work that is done when all bytes are written. */
const readShare = 0.97;

export async function importWav(job: ImportJob, header: SoundHeader, peaks: PeakStore): Promise<StoredSound> {
  const { file, blobs, kernel, progress, signal } = job;
  const builder = kernel.createPeaks(header.channels);
  const hasher = createStreamHasher(kernel, file.size);
  try {
    const writer = await blobs.createWriter('imports');
    try {
      let nonFinite = 0;
      for await (const piece of wholeFile(file, header)) {
        signal.throwIfAborted();
        if (piece.isSound) nonFinite += builder.add(piece.bytes, header.format);
        writer.write(piece.bytes);
        await hasher.add(piece.bytes);
        progress.report('reading', (readShare * piece.end) / file.size);
      }
      const hashed = hasher.finish();
      // What can be done before the name is known is done while the last pieces are hashed.
      hashed.catch(() => undefined);
      writer.flush();
      const drawn = await peaks.prepare(builder);
      try {
        const hash = await hashed;
        signal.throwIfAborted();
        progress.report('storing', readShare);
        const { info, existed } = await writer.finish(hash, shapeOf(header));
        await drawn.keep(info.hash);
        return { blob: info, existed, nonFinite, repaired: header.repaired };
      } catch (thrown) {
        await drawn.drop();
        throw thrown;
      }
    } catch (thrown) {
      await writer.abort();
      throw thrown;
    }
  } finally {
    hasher.dispose();
    builder.dispose();
  }
}
