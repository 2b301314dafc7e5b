// Takes decoded float32 frames and makes them a stored WAV, whose length is known only at the end.
import { sampleFormats } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { BlobInfo, BlobWriter } from '../storage/types.ts';
import type { ImportJob } from './import-job.ts';
import type { PeakBuilder } from './media-kernel.ts';
import type { PeakStore } from './peak-store.ts';
import { createStreamHasher } from './stream-hasher.ts';
import { type WavShape, wavHeader } from './wav-header.ts';

/** Share of the work that is done when everything is decoded. */
export const decodeShare = 0.9;
const readBackBytes = 1024 * 1024;
const gatheredBytes = 1024 * 1024;

export class FloatSink {
  readonly #job: ImportJob;
  readonly #writer: BlobWriter;
  readonly #builder: PeakBuilder;
  readonly #shape: Omit<WavShape, 'frames'>;
  readonly #dataOffset: number;
  readonly #gathered = new Uint8Array(gatheredBytes);
  #gatheredLength = 0;
  #frames = 0;
  #nonFinite = 0;

  private constructor(job: ImportJob, writer: BlobWriter, shape: Omit<WavShape, 'frames'>) {
    this.#job = job;
    this.#writer = writer;
    this.#shape = shape;
    this.#builder = job.kernel.createPeaks(shape.channels);
    const header = wavHeader({ ...shape, frames: 0 });
    this.#dataOffset = header.byteLength;
    writer.write(header);
  }

  /** @throws AtomeError ERR_FILE_CHANNELS, ERR_FILE_FORMAT */
  static async create(job: ImportJob, channels: number, sampleRate: number): Promise<FloatSink> {
    if (channels < 1 || channels > 32) throw new AtomeError('ERR_FILE_CHANNELS');
    if (!Number.isInteger(sampleRate) || sampleRate < 1 || sampleRate > 768_000)
      throw new AtomeError('ERR_FILE_FORMAT');
    const writer = await job.blobs.createWriter('imports');
    return new FloatSink(job, writer, { format: 'F32', channels, sampleRate, growing: true });
  }

  get channels(): number {
    return this.#shape.channels;
  }

  get sampleRate(): number {
    return this.#shape.sampleRate;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Adds whole interleaved frames. */
  write(samples: Float32Array<ArrayBuffer>): void {
    const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
    this.#frames += samples.length / this.channels;
    this.#nonFinite += this.#builder.add(bytes, sampleFormats.F32);
    if (this.#gatheredLength + bytes.byteLength > gatheredBytes) this.#flush();
    if (bytes.byteLength > gatheredBytes) {
      this.#writer.write(bytes);
      return;
    }
    this.#gathered.set(bytes, this.#gatheredLength);
    this.#gatheredLength += bytes.byteLength;
  }

  /** Completes the header, hashes what was written, and gives it its name. @throws AtomeError ERR_FILE_EMPTY */
  async finish(peaks: PeakStore): Promise<{ blob: BlobInfo; existed: boolean; nonFinite: number }> {
    if (this.#frames === 0) throw new AtomeError('ERR_FILE_EMPTY');
    this.#flush();
    this.#writer.writeAt(wavHeader({ ...this.#shape, frames: this.#frames }), 0);
    const hash = await this.#hash();
    const { channels, sampleRate } = this.#shape;
    const shape = {
      format: sampleFormats.F32,
      channels,
      sampleRate,
      frames: this.#frames,
      dataOffset: this.#dataOffset,
    };
    const { info, existed } = await this.#writer.finish(hash, shape);
    await peaks.keep(hash, this.#builder);
    return { blob: info, existed, nonFinite: this.#nonFinite };
  }

  abort(): Promise<void> {
    return this.#writer.abort();
  }

  dispose(): void {
    this.#builder.dispose();
  }

  #flush(): void {
    if (this.#gatheredLength > 0) this.#writer.write(this.#gathered.subarray(0, this.#gatheredLength));
    this.#gatheredLength = 0;
  }

  async #hash(): Promise<string> {
    const total = this.#writer.bytes;
    const hasher = createStreamHasher(this.#job.kernel, total);
    const buffer = new Uint8Array(readBackBytes);
    try {
      for (let at = 0; at < total; at += readBackBytes) {
        this.#job.signal.throwIfAborted();
        const piece = buffer.subarray(0, total - at);
        if (this.#writer.read(piece, at) < piece.byteLength) throw new AtomeError('ERR_STORAGE_READ');
        await hasher.add(piece);
        this.#job.progress.report('storing', decodeShare + ((1 - decodeShare) * at) / total);
      }
      return await hasher.finish();
    } finally {
      hasher.dispose();
    }
  }
}
