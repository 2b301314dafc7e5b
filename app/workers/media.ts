// The media worker: imports, peaks, onsets and samples for drawing, in a memory of its own.
import '../pwa/trusted-types.ts';
import { expose, transfer } from 'comlink';
import { MediaKernel } from '../media/media-kernel.ts';
import { createMediaService } from '../media/media-service.ts';
import { createShapeParser } from '../media/shape-parser.ts';
import type { MediaService } from '../media/types.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import { life } from './life.ts';
import type { MediaWorkerApi } from './media-api.ts';

const started = Promise.withResolvers<MediaService>();

const api: MediaWorkerApi = {
  life,
  start({ userId, module }, decodeWhole) {
    const open = async (): Promise<MediaService> => {
      const blobs = await openBlobStore(userId, { parseShape: createShapeParser(module) });
      return createMediaService({ blobs, kernel: new MediaKernel(module), decodeWhole });
    };
    started.resolve(open());
  },
  importFile: async (importId, file, onProgress) => (await started.promise).importFile(importId, file, onProgress),
  cancelImport: async (importId) => (await started.promise).cancelImport(importId),
  readSamples: async (hash, start, frames) => {
    const planes = await (await started.promise).readSamples(hash, start, frames);
    return transfer(
      planes,
      planes.map((plane) => plane.buffer),
    );
  },
  peaks: async (hash) => (await started.promise).peaks(hash),
  onsets: async (hash, onProgress) => (await started.promise).onsets(hash, onProgress),
  cancelOnsets: async (hash) => (await started.promise).cancelOnsets(hash),
};

expose(api);
