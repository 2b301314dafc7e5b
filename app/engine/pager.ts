// Brings missing pages from disk into the engine: one plan, its reads, its fills. Runs wherever the disk is.
import {
  engineConstants,
  engineStatus,
  pageRequest,
  type SampleFormat,
  sampleFormats,
} from '../protocol/engine-layout.ts';
import type { BlobShape } from '../storage/types.ts';
import type { Counters, EngineMemory } from './engine-memory.ts';
import type { EngineExports } from './engine-module.ts';

const { PAGE_FRAMES } = engineConstants;
/** Requests taken from one plan; more are planned again when these are filled. */
export const pagerRequests = 64;
const firstRetryMilliseconds = 20;
const longestRetryMilliseconds = 2000;

/** An open sound file: where its samples are and how to read them. */
export interface PagedSource {
  readonly shape: BlobShape;
  /** Reads into `into` from byte `at`; returns how many bytes there were. */
  read(into: Uint8Array<ArrayBuffer>, at: number): number;
  close(): void;
}

/** Memory that the control side allocated for the pager. */
export interface PagerScratch {
  readonly requests: number;
  readonly bytes: number;
  readonly size: number;
}

export interface PagerStep {
  readonly filled: number;
  /** Requests of urgency 0 that are still missing. */
  readonly urgent: number;
}

/** Bytes of one sample of each format. */
export const sampleBytes = (format: SampleFormat): number => {
  switch (format) {
    case sampleFormats.U8:
    case sampleFormats.I8:
      return 1;
    case sampleFormats.I16:
    case sampleFormats.I16_BE:
      return 2;
    case sampleFormats.I24:
    case sampleFormats.I24_BE:
      return 3;
    case sampleFormats.F64:
    case sampleFormats.F64_BE:
      return 8;
    default:
      return 4;
  }
};

/** Scratch bytes that hold a page of any format. */
export const pageBytes = (channels: number): number => PAGE_FRAMES * channels * 8;

interface OpenFile {
  readonly source: PagedSource;
  retryAt: number;
  retryAfter: number;
}

export type PagerExports = Pick<EngineExports, 'atome_pager_plan' | 'atome_pager_fill'>;

export interface PagerOptions {
  readonly exports: PagerExports;
  readonly memory: EngineMemory;
  readonly counters: Counters;
  readonly scratch: PagerScratch;
  /** Milliseconds; read errors are retried by it. */
  readonly now: () => number;
  /** A read failed; it is counted and tried again later. */
  readonly onReadError: (slot: number, error: unknown) => void;
}

export class Pager {
  /** Files that the event loop is opening for it. */
  opening = 0;
  readonly #options: PagerOptions;
  readonly #files = new Map<number, OpenFile>();
  #scratch: PagerScratch;
  #staging = new Uint8Array(0);

  constructor(options: PagerOptions) {
    this.#options = options;
    this.#scratch = options.scratch;
  }

  useScratch(scratch: PagerScratch): void {
    this.#scratch = scratch;
  }

  open(slot: number, source: PagedSource): void {
    this.close(slot);
    this.#files.set(slot, { source, retryAt: 0, retryAfter: firstRetryMilliseconds });
  }

  close(slot: number): void {
    this.#files.get(slot)?.source.close();
    this.#files.delete(slot);
  }

  closeAll(): void {
    for (const slot of [...this.#files.keys()]) this.close(slot);
  }

  /** Plans once and fills what it can, most urgent first. */
  step(limit = pagerRequests): PagerStep {
    const { exports, memory } = this.#options;
    const count = exports.atome_pager_plan(this.#scratch.requests, Math.min(limit, pagerRequests));
    let filled = 0;
    let urgent = 0;
    for (let index = 0; index < count; index++) {
      const address = this.#scratch.requests + index * pageRequest.size;
      const file = memory.read(pageRequest, address, 'file');
      const page = memory.read(pageRequest, address, 'page');
      if (this.#bring(file, page)) filled++;
      else if (memory.read(pageRequest, address, 'urgency') === 0) urgent++;
    }
    return { filled, urgent };
  }

  #bring(slot: number, page: number): boolean {
    const file = this.#files.get(slot);
    if (!file || file.retryAt > this.#options.now()) return false;
    const { format, channels } = file.source.shape;
    let frames: number;
    try {
      frames = this.#read(file.source, page);
    } catch (error) {
      this.#postpone(slot, file, error);
      return false;
    }
    file.retryAfter = firstRetryMilliseconds;
    const bytes = frames * channels * sampleBytes(format);
    const { exports, memory } = this.#options;
    memory.bytes(this.#scratch.bytes, bytes).set(this.#staging.subarray(0, bytes));
    return exports.atome_pager_fill(slot, page, this.#scratch.bytes, format, frames) === engineStatus.OK;
  }

  /** Reads one page's interleaved bytes into the staging buffer; returns its frames. */
  #read(source: PagedSource, page: number): number {
    const { shape } = source;
    const frameBytes = shape.channels * sampleBytes(shape.format);
    const frames = Math.min(PAGE_FRAMES, shape.frames - page * PAGE_FRAMES);
    const bytes = frames * frameBytes;
    if (this.#staging.length < bytes) this.#staging = new Uint8Array(bytes);
    const there = source.read(this.#staging.subarray(0, bytes), shape.dataOffset + page * PAGE_FRAMES * frameBytes);
    if (there < bytes) throw new Error(`${there} of ${bytes} bytes of page ${page}`);
    return frames;
  }

  #postpone(slot: number, file: OpenFile, error: unknown): void {
    file.retryAt = this.#options.now() + file.retryAfter;
    file.retryAfter = Math.min(longestRetryMilliseconds, file.retryAfter * 2);
    this.#options.counters.add('readErrors', 1);
    this.#options.onReadError(slot, error);
  }
}
