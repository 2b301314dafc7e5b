// The media worker: imports of sounds and videos, peaks, onsets and samples for drawing, in a memory of its own.
import '../pwa/trusted-types.ts';
import { expose, transfer } from 'comlink';
import { MediaKernel } from '../media/media-kernel.ts';
import { createMediaService } from '../media/media-service.ts';
import { createShapeParser } from '../media/shape-parser.ts';
import type { MediaService, VideoService } from '../media/types.ts';
import { openBlobStore } from '../storage/blob-store.ts';
import { openVideoStore } from '../storage/video-store.ts';
import { life } from './life.ts';
import type { MediaWorkerApi } from './media-api.ts';

const started = Promise.withResolvers<MediaService>();

/** The readers of containers are large, and most people never bring a video. */
const videos = async (userId: string): Promise<VideoService> => {
  const { VideoImports } = await import('../media/video-imports.ts');
  return new VideoImports(await openVideoStore(userId));
};
let owner = '';
let videoImports: Promise<VideoService> | undefined;
const videoService = async (): Promise<VideoService> => {
  await started.promise;
  videoImports ??= videos(owner);
  return videoImports;
};

const api: MediaWorkerApi = {
  life,
  start({ userId, module }, decodeWhole) {
    const open = async (): Promise<MediaService> => {
      const blobs = await openBlobStore(userId, { parseShape: createShapeParser(module) });
      return createMediaService({ blobs, kernel: new MediaKernel(module), decodeWhole });
    };
    owner = userId;
    started.resolve(open());
  },
  importFile: async (importId, file, onProgress) => (await started.promise).importFile(importId, file, onProgress),
  cancelImport: async (importId) => {
    await (await started.promise).cancelImport(importId);
    await (await videoImports)?.cancelImport(importId);
  },
  describeVideo: async (file) => (await videoService()).describeVideo(file),
  storeVideo: async (importId, file, mime, onProgress) =>
    (await videoService()).storeVideo(importId, file, mime, onProgress),
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
