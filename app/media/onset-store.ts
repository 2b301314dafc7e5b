// Onsets of stored sounds: kept beside the blobs, computed where they are missing or broken.
import { readOnsets, type SoundOnsets, writeOnsets } from '../core/onset-format.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobStore } from '../storage/types.ts';
import { soundOfBlob } from './file-pieces.ts';
import type { MediaKernel } from './media-kernel.ts';
import { readSoundHeader } from './sound-header.ts';
import { TaskQueue } from './task-queue.ts';

/** A search keeps a core busy: more at once would only keep imports and drawing waiting. */
const searchesAtOnce = 1;

interface Search {
  readonly found: Promise<SoundOnsets>;
  readonly controller: AbortController;
  readonly listeners: Set<(fraction: number) => void>;
}

export class OnsetStore {
  readonly #blobs: BlobStore;
  readonly #kernel: MediaKernel;
  readonly #queue = new TaskQueue(searchesAtOnce);
  readonly #running = new Map<string, Search>();

  constructor(blobs: BlobStore, kernel: MediaKernel) {
    this.#blobs = blobs;
    this.#kernel = kernel;
  }

  /** The onsets of a blob; asked twice at once they are computed once. @throws AtomeError ERR_ANALYSIS_CANCELLED */
  get(hash: string, onProgress?: (fraction: number) => void): Promise<SoundOnsets> {
    const search = this.#running.get(hash) ?? this.#start(hash);
    if (onProgress) search.listeners.add(onProgress);
    return search.found;
  }

  cancel(hash: string): void {
    this.#running.get(hash)?.controller.abort(new AtomeError('ERR_ANALYSIS_CANCELLED'));
  }

  #start(hash: string): Search {
    const controller = new AbortController();
    const listeners: Search['listeners'] = new Set();
    const report = (fraction: number): void => {
      for (const listener of listeners) listener(fraction);
    };
    const found = this.#findOrCompute(hash, controller.signal, report).finally(() => this.#running.delete(hash));
    const search: Search = { found, controller, listeners };
    this.#running.set(hash, search);
    return search;
  }

  async #findOrCompute(hash: string, signal: AbortSignal, report: (fraction: number) => void): Promise<SoundOnsets> {
    const kept = await this.#blobs.getOnsets(hash);
    const sound = kept && readOnsets(await kept.arrayBuffer());
    if (sound) return sound;
    const computed = await this.#queue.run(signal, () => this.#compute(hash, signal, report));
    // Without room on the disk they are computed again when they are asked for.
    await this.#blobs.putOnsets(hash, writeOnsets(computed)).catch(() => undefined);
    return computed;
  }

  async #compute(hash: string, signal: AbortSignal, report: (fraction: number) => void): Promise<SoundOnsets> {
    const info = await this.#blobs.info(hash);
    if (!info) throw new AtomeError('ERR_NOT_FOUND', `blob ${hash}`);
    const builder = this.#kernel.createOnsets(info.sampleRate, info.channels);
    try {
      const header = await readSoundHeader(this.#kernel, await this.#blobs.get(hash));
      const reader = await this.#blobs.openRead(hash);
      try {
        for await (const { bytes, end } of soundOfBlob(reader, header)) {
          signal.throwIfAborted();
          builder.add(bytes, header.format);
          report(end / reader.size);
        }
      } finally {
        reader.close();
      }
      return builder.finish();
    } finally {
      builder.dispose();
    }
  }
}
