// The media part of the engine module, in a memory of its own: headers, peaks, onsets and sample conversion.
import { type SoundOnsets, tempoOf, tempoValues } from '../core/onset-format.ts';
import { audioHeader, headerStatus, type SampleFormat, sampleFormats } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';

/** What the module exports for media; addresses and lengths are byte offsets into its memory. */
interface MediaExports {
  _initialize(): void;
  atome_audio_allocate(bytes: number): number;
  atome_audio_free(address: number): void;
  atome_media_parse_header(bytes: number, length: number, fileSize: number, header: number): number;
  atome_media_to_float(bytes: number, format: number, samples: number, out: number): number;
  atome_onsets_create(sampleRate: number, channels: number): number;
  atome_onsets_add(onsets: number, bytes: number, format: number, frames: number): void;
  atome_onsets_finish(onsets: number): number;
  atome_onsets_read(onsets: number, first: number, count: number, seconds: number, strengths: number): void;
  atome_onsets_tempo(onsets: number, out: number): void;
  atome_onsets_destroy(onsets: number): void;
  atome_peaks_create(channels: number): number;
  atome_peaks_add(peaks: number, bytes: number, format: number, frames: number): number;
  atome_peaks_finish(peaks: number): number;
  atome_peaks_bytes(peaks: number): number;
  atome_peaks_read(peaks: number, at: number, length: number, out: number): void;
  atome_peaks_validate(bytes: number, length: number, fileSize: number): number;
  atome_peaks_destroy(peaks: number): void;
  atome_sha256_create(): number;
  atome_sha256_add(hash: number, bytes: number, length: number): void;
  atome_sha256_finish(hash: number, digest: number): void;
  atome_sha256_destroy(hash: number): void;
}

/** A parsed header; `wantedBytes` is set with NEED_MORE alone. */
export interface SoundHeader {
  readonly status: (typeof headerStatus)[keyof typeof headerStatus];
  readonly format: SampleFormat;
  readonly channels: number;
  readonly sampleRate: number;
  readonly repaired: boolean;
  readonly container: 'wav' | 'aiff';
  readonly dataOffset: number;
  readonly frames: number;
  readonly wantedBytes: number;
}

/** A peak pyramid that grows while the samples pass. */
export interface PeakBuilder {
  /** Adds whole interleaved frames; returns how many samples were NaN or infinite. */
  add(bytes: Uint8Array, format: SampleFormat): number;
  /** Ends the pyramid and yields its file piece by piece; a piece is good until the next one. */
  pieces(): Generator<Uint8Array<ArrayBuffer>>;
  dispose(): void;
}

/** Listens for onsets while the samples pass. */
export interface OnsetBuilder {
  /** Adds whole interleaved frames. */
  add(bytes: Uint8Array, format: SampleFormat): void;
  /** What was found; nothing may be added afterwards. */
  finish(): SoundOnsets;
  dispose(): void;
}

/** SHA-256 of bytes as they pass. */
export interface HashBuilder {
  /** Reads bytes where they are if the kernel reserved their memory, else copies them first. */
  add(bytes: Uint8Array): void;
  /** Lower-case hex; nothing may be added afterwards. */
  finish(): string;
  dispose(): void;
}

const sampleBytes: Readonly<Record<SampleFormat, number>> = {
  [sampleFormats.U8]: 1,
  [sampleFormats.I8]: 1,
  [sampleFormats.I16]: 2,
  [sampleFormats.I16_BE]: 2,
  [sampleFormats.I24]: 3,
  [sampleFormats.I24_BE]: 3,
  [sampleFormats.I32]: 4,
  [sampleFormats.I32_BE]: 4,
  [sampleFormats.F32]: 4,
  [sampleFormats.F32_BE]: 4,
  [sampleFormats.F64]: 8,
  [sampleFormats.F64_BE]: 8,
};

const bytesPerSample = (format: SampleFormat): number => sampleBytes[format];
export const bytesPerFrame = (sound: { readonly format: SampleFormat; readonly channels: number }): number =>
  sampleBytes[sound.format] * sound.channels;

/** Initial and largest size of the memory in 64 KiB pages, as the module is linked. */
const memoryPages = { initial: 64, maximum: 16384 };
/** Room for one piece of samples on its way in or out; holds a frame of 32 channels of 8 bytes many times over. */
const scratchBytes = 1 << 20;

const digestBytes = 32;

export class MediaKernel {
  /** For kernels in other workers. */
  readonly module: WebAssembly.Module;
  readonly #memory: WebAssembly.Memory;
  readonly #exports: MediaExports;
  readonly #scratch: number;

  /** Instantiates the module in a new memory of 4 MiB. */
  constructor(module: WebAssembly.Module) {
    this.module = module;
    this.#memory = new WebAssembly.Memory({ ...memoryPages, shared: true });
    const { exports } = new WebAssembly.Instance(module, {
      env: { memory: this.#memory, emscripten_notify_memory_growth: () => undefined },
      wasi_snapshot_preview1: { proc_exit: endOfModule },
    });
    this.#exports = exports as unknown as MediaExports;
    this.#exports._initialize();
    this.#scratch = this.#allocate(scratchBytes);
  }

  /** Parses the first bytes of a file of `fileSize` bytes. */
  parseHeader(head: Uint8Array, fileSize: number): SoundHeader {
    const address = this.#allocate(head.byteLength + audioHeader.size + 8);
    try {
      const at = Math.ceil((address + head.byteLength) / 8) * 8;
      this.#bytes(address, head.byteLength).set(head);
      this.#exports.atome_media_parse_header(address, head.byteLength, fileSize, at);
      return readHeader(new DataView(this.#memory.buffer, at, audioHeader.size));
    } finally {
      this.#exports.atome_audio_free(address);
    }
  }

  /** Converts samples to float32, in their order; NaN and infinities become 0 and are counted. */
  toFloat(bytes: Uint8Array, format: SampleFormat): { samples: Float32Array<ArrayBuffer>; nonFinite: number } {
    const width = bytesPerSample(format);
    const samples = new Float32Array(Math.floor(bytes.byteLength / width));
    const step = Math.floor(scratchBytes / (2 * Math.max(width, 4)));
    const out = this.#scratch + scratchBytes / 2;
    let nonFinite = 0;
    for (let done = 0; done < samples.length; done += step) {
      const count = Math.min(step, samples.length - done);
      this.#bytes(this.#scratch, count * width).set(bytes.subarray(done * width, (done + count) * width));
      nonFinite += this.#exports.atome_media_to_float(this.#scratch, format, count, out);
      samples.set(new Float32Array(this.#memory.buffer, out, count), done);
    }
    return { samples, nonFinite };
  }

  createPeaks(channels: number): PeakBuilder {
    const peaks = this.#exports.atome_peaks_create(channels);
    if (peaks === 0) throw new Error('no memory for peaks');
    return {
      add: (bytes, format) => this.#addPeaks(peaks, bytes, format, channels),
      pieces: () => this.#peakPieces(peaks),
      dispose: () => this.#exports.atome_peaks_destroy(peaks),
    };
  }

  createOnsets(sampleRate: number, channels: number): OnsetBuilder {
    const onsets = this.#exports.atome_onsets_create(sampleRate, channels);
    if (onsets === 0) throw new AtomeError('ERR_FILE_FORMAT', 'its rate or channels cannot be analysed');
    return {
      add: (bytes, format) =>
        this.#addPieces(bytes, bytesPerFrame({ format, channels }), (address, frames) => {
          this.#exports.atome_onsets_add(onsets, address, format, frames);
        }),
      finish: () => this.#foundOnsets(onsets),
      dispose: () => this.#exports.atome_onsets_destroy(onsets),
    };
  }

  createHash(): HashBuilder {
    const hash = this.#exports.atome_sha256_create();
    if (hash === 0) throw new Error('no memory for a hash');
    return {
      add: (bytes) => this.#addHash(hash, bytes),
      finish: () => {
        this.#exports.atome_sha256_finish(hash, this.#scratch);
        const digest = Array.from(this.#bytes(this.#scratch, digestBytes));
        return digest.map((byte) => byte.toString(16).padStart(2, '0')).join('');
      },
      dispose: () => this.#exports.atome_sha256_destroy(hash),
    };
  }

  /** Bytes in the kernel's own memory, for as long as it lives. */
  reserve(bytes: number): Uint8Array {
    return this.#bytes(this.#allocate(bytes), bytes);
  }

  /** Whether the start of a peak file of `fileSize` bytes is one that this version writes. */
  validatePeaks(head: Uint8Array, fileSize: number): boolean {
    this.#bytes(this.#scratch, head.byteLength).set(head);
    return this.#exports.atome_peaks_validate(this.#scratch, head.byteLength, fileSize) === 0;
  }

  #addPeaks(peaks: number, bytes: Uint8Array, format: SampleFormat, channels: number): number {
    let nonFinite = 0;
    this.#addPieces(bytes, bytesPerFrame({ format, channels }), (address, frames) => {
      nonFinite += this.#exports.atome_peaks_add(peaks, address, format, frames);
    });
    return nonFinite;
  }

  #addHash(hash: number, bytes: Uint8Array): void {
    this.#addPieces(bytes, 1, (address, length) => this.#exports.atome_sha256_add(hash, address, length));
  }

  /** Hands bytes over in pieces of whole units, as many as fit at once. */
  #addPieces(bytes: Uint8Array, unit: number, add: (address: number, units: number) => void): void {
    const step = Math.floor(scratchBytes / unit) * unit;
    for (let done = 0; done < bytes.byteLength; done += step) {
      const piece = bytes.subarray(done, done + step);
      add(this.#place(piece), piece.byteLength / unit);
    }
  }

  /** Where the module finds a piece: in its memory already, or copied there until the next one. */
  #place(piece: Uint8Array): number {
    if (piece.buffer === this.#memory.buffer) return piece.byteOffset;
    this.#bytes(this.#scratch, piece.byteLength).set(piece);
    return this.#scratch;
  }

  #foundOnsets(onsets: number): SoundOnsets {
    const count = this.#exports.atome_onsets_finish(onsets);
    const seconds = new Float64Array(count);
    const strengths = new Float32Array(count);
    const strengthsAt = this.#scratch + scratchBytes / 2;
    const step = scratchBytes / 16;
    for (let first = 0; first < count; first += step) {
      const length = Math.min(step, count - first);
      this.#exports.atome_onsets_read(onsets, first, length, this.#scratch, strengthsAt);
      seconds.set(new Float64Array(this.#memory.buffer, this.#scratch, length), first);
      strengths.set(new Float32Array(this.#memory.buffer, strengthsAt, length), first);
    }
    this.#exports.atome_onsets_tempo(onsets, this.#scratch);
    const tempo = tempoOf(new Float64Array(this.#memory.buffer, this.#scratch, tempoValues));
    return { onsets: seconds, strengths, tempo };
  }

  *#peakPieces(peaks: number): Generator<Uint8Array<ArrayBuffer>> {
    if (this.#exports.atome_peaks_finish(peaks) !== 0) throw new Error('no memory for peaks');
    const size = this.#exports.atome_peaks_bytes(peaks);
    const piece = new Uint8Array(Math.min(size, scratchBytes));
    for (let at = 0; at < size; at += scratchBytes) {
      const length = Math.min(scratchBytes, size - at);
      this.#exports.atome_peaks_read(peaks, at, length, this.#scratch);
      piece.set(this.#bytes(this.#scratch, length));
      yield piece.subarray(0, length);
    }
  }

  #allocate(bytes: number): number {
    const address = this.#exports.atome_audio_allocate(bytes);
    if (address === 0) throw new AtomeError('ERR_FILE_DAMAGED', 'there is no memory to read it');
    return address;
  }

  #bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.#memory.buffer, address, length);
  }
}

function endOfModule(): never {
  throw new Error('the media module ended');
}

function readHeader(view: DataView): SoundHeader {
  const { offsets } = audioHeader;
  const status = view.getInt32(offsets.status, true) as SoundHeader['status'];
  const dataOffset = view.getFloat64(offsets.dataOffset, true);
  return {
    status,
    format: view.getUint32(offsets.format, true) as SampleFormat,
    channels: view.getUint32(offsets.channels, true),
    sampleRate: view.getUint32(offsets.sampleRate, true),
    repaired: view.getUint32(offsets.repaired, true) === 1,
    container: view.getUint32(offsets.container, true) <= 2 ? 'wav' : 'aiff',
    dataOffset,
    frames: view.getFloat64(offsets.frames, true),
    wantedBytes: status === headerStatus.NEED_MORE ? dataOffset : 0,
  };
}
