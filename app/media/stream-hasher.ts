// SHA-256 of a stream: in a worker of its own for what is long, on the spot for what is short.
import type { MediaKernel } from './media-kernel.ts';

export interface StreamHasher {
  /** Resolves when the bytes were copied. */
  add(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Lower-case hex. */
  finish(): Promise<string>;
  dispose(): void;
}

/** To the hashing worker: first the module, then bytes to add, then `null` for the end. */
export type HashRequest = WebAssembly.Module | Uint8Array | null;
/** From it: `null` for every piece, at the end the digest. */
export type HashReply = string | null;

/** Below this a worker costs more than it saves. */
const shortBytes = 8 * 1024 * 1024;
/** Pieces on their way to the worker: enough to keep it busy while the disk makes the others wait. */
const slots = 16;
const slotBytes = 1024 * 1024;

/** @param expectedBytes roughly how much will come */
export const createStreamHasher = (kernel: MediaKernel, expectedBytes: number): StreamHasher =>
  expectedBytes < shortBytes ? inlineHasher(kernel) : new WorkerHasher(kernel.module);

function inlineHasher(kernel: MediaKernel): StreamHasher {
  const hash = kernel.createHash();
  return {
    add: async (bytes) => hash.add(bytes),
    finish: async () => hash.finish(),
    dispose: () => hash.dispose(),
  };
}

class WorkerHasher implements StreamHasher {
  readonly #worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module', name: 'hash' });
  /** Slots that are used in turn; where memory cannot be shared, messages carry copies. */
  readonly #ring = globalThis.crossOriginIsolated ? new SharedArrayBuffer(slots * slotBytes) : undefined;
  #sent = 0;
  #pending = 0;
  #wake: (() => void) | undefined;
  #failure: Error | undefined;
  #digest: string | undefined;

  constructor(module: WebAssembly.Module) {
    this.#worker.postMessage(module satisfies HashRequest);
    this.#worker.onmessage = ({ data }: MessageEvent<HashReply>) => {
      this.#pending--;
      if (data !== null) this.#digest = data;
      this.#wake?.();
    };
    this.#worker.onerror = (event) => {
      this.#failure = new Error(`the hashing worker failed: ${event.message}`);
      this.#wake?.();
    };
  }

  async add(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let done = 0; done < bytes.byteLength; done += slotBytes) {
      await this.#until(() => this.#pending < slots);
      this.#send(this.#inSlot(bytes.subarray(done, done + slotBytes)));
    }
  }

  async finish(): Promise<string> {
    this.#send(null);
    await this.#until(() => this.#digest !== undefined);
    return this.#digest ?? '';
  }

  dispose(): void {
    this.#worker.terminate();
  }

  #inSlot(piece: Uint8Array<ArrayBuffer>): Uint8Array {
    if (!this.#ring) return piece;
    const slot = new Uint8Array(this.#ring, (this.#sent % slots) * slotBytes, piece.byteLength);
    slot.set(piece);
    return slot;
  }

  #send(request: HashRequest): void {
    this.#sent++;
    this.#pending++;
    this.#worker.postMessage(request);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!this.#failure && !condition()) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    if (this.#failure) throw this.#failure;
  }
}
