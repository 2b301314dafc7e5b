// Takes videos into the store: what they are as their container says, and their bytes as they are.
import { BlobSource, Input, MATROSKA, MP4, QTFF, WEBM } from 'mediabunny';
import { AtomeError } from '../protocol/errors.ts';
import type { VideoStore } from '../storage/video-store.ts';
import { ProgressReporter } from './progress.ts';
import { isReadFailure } from './read-failure.ts';
import type { ImportProgress, VideoDescription, VideoImport, VideoService } from './types.ts';

/** Containers that a video element may be able to show. */
const formats = [MP4, QTFF, WEBM, MATROSKA];

export class VideoImports implements VideoService {
  readonly #videos: VideoStore;
  readonly #running = new Map<string, AbortController>();

  constructor(videos: VideoStore) {
    this.#videos = videos;
  }

  async describeVideo(file: Blob): Promise<VideoDescription | undefined> {
    const input = new Input({ formats, source: new BlobSource(file) });
    try {
      const track = (await input.canRead()) ? await input.getPrimaryVideoTrack() : null;
      if (!track) return undefined;
      return {
        mime: (await input.getFormat()).mimeType,
        duration: await track.computeDuration(),
        width: await track.getDisplayWidth(),
        height: await track.getDisplayHeight(),
        hasSound: (await input.getPrimaryAudioTrack()) !== null,
      };
    } catch (thrown) {
      if (isReadFailure(thrown)) throw new AtomeError('ERR_FILE_VANISHED');
      return undefined;
    } finally {
      input.dispose();
    }
  }

  async storeVideo(
    importId: string,
    file: File,
    mime: string,
    onProgress: (progress: ImportProgress) => void,
  ): Promise<VideoImport> {
    const controller = new AbortController();
    const progress = new ProgressReporter(importId, file.name, onProgress);
    this.#running.set(importId, controller);
    try {
      return await this.#videos.put(file, mime, {
        signal: controller.signal,
        onBytes: (bytes) => progress.report('storing', bytes / file.size),
      });
    } catch (thrown) {
      throw isReadFailure(thrown) ? new AtomeError('ERR_FILE_VANISHED') : thrown;
    } finally {
      this.#running.delete(importId);
    }
  }

  async cancelImport(importId: string): Promise<void> {
    this.#running.get(importId)?.abort();
  }
}
