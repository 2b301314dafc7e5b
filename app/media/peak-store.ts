// Peak files of stored sounds: kept beside the blobs, computed where they are missing or broken.
import { peakHeaderLimit } from '../core/peak-format.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobInfo, BlobStore, PreparedFile } from '../storage/types.ts';
import { soundOfBlob } from './file-pieces.ts';
import type { MediaKernel, PeakBuilder } from './media-kernel.ts';
import { readSoundHeader } from './sound-header.ts';

export class PeakStore {
  readonly #blobs: BlobStore;
  readonly #kernel: MediaKernel;
  readonly #running = new Map<string, Promise<File>>();

  constructor(blobs: BlobStore, kernel: MediaKernel) {
    this.#blobs = blobs;
    this.#kernel = kernel;
  }

  /** The peak file of a blob; asked twice at once it is computed once. */
  get(hash: string): Promise<File> {
    const running = this.#running.get(hash);
    if (running) return running;
    const found = this.#findOrCompute(hash).finally(() => this.#running.delete(hash));
    this.#running.set(hash, found);
    return found;
  }

  /** Keeps a finished pyramid; without room on the disk it is computed again when it is asked for. */
  async keep(hash: string, builder: PeakBuilder): Promise<void> {
    await this.#blobs.putPeaks(hash, builder.pieces()).catch(() => undefined);
  }

  /** Writes a finished pyramid whose sound has no hash yet; to be kept or dropped. Without room on the disk it is not there. */
  async prepare(builder: PeakBuilder): Promise<PreparedFile> {
    const written = await this.#blobs.preparePeaks(builder.pieces()).catch(() => undefined);
    return {
      keep: async (hash) => written?.keep(hash).catch(() => undefined),
      drop: async () => written?.drop(),
    };
  }

  async #findOrCompute(hash: string): Promise<File> {
    return (await this.#findSound(hash)) ?? this.#compute(hash);
  }

  async #findSound(hash: string): Promise<File | undefined> {
    const file = await this.#blobs.getPeaks(hash);
    if (!file) return undefined;
    const head = new Uint8Array(await file.slice(0, peakHeaderLimit).arrayBuffer());
    return this.#kernel.validatePeaks(head, file.size) ? file : undefined;
  }

  async #compute(hash: string): Promise<File> {
    const info = await this.#blobs.info(hash);
    if (!info) throw new AtomeError('ERR_NOT_FOUND', `blob ${hash}`);
    const builder = this.#kernel.createPeaks(info.channels);
    try {
      await this.#fill(builder, info);
      await this.keep(hash, builder);
      return (await this.#findSound(hash)) ?? fileOf(builder);
    } finally {
      builder.dispose();
    }
  }

  async #fill(builder: PeakBuilder, info: BlobInfo): Promise<void> {
    const header = await readSoundHeader(this.#kernel, await this.#blobs.get(info.hash));
    const reader = await this.#blobs.openRead(info.hash);
    try {
      for await (const { bytes } of soundOfBlob(reader, header)) builder.add(bytes, header.format);
    } finally {
      reader.close();
    }
  }
}

/** A pyramid that found no room on the disk, in memory. */
const fileOf = (builder: PeakBuilder): File =>
  new File(
    Array.from(builder.pieces(), (piece) => piece.slice()),
    'peaks',
  );
