// SHA-256 of a stream: in a worker of its own for what is long, on the spot for what is short.
import { type HashReply, type HashRequest, slotBytes, slotOf, slots } from './hash-ring.ts';
import type { MediaKernel } from './media-kernel.ts';

export interface StreamHasher {
  /** Resolves when the bytes were copied. */
  add(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Lower-case hex. */
  finish(): Promise<string>;
  dispose(): void;
}

/** Below this a worker costs more than it saves. */
const shortBytes = 8 * 1024 * 1024;

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
  /** Undefined until the worker has begun, and where memory cannot be shared: then messages carry copies. */
  #ring: Uint8Array | undefined;
  #begun = false;
  #pieces = 0;
  #pending = 0;
  #wake: (() => void) | undefined;
  #failure: Error | undefined;
  #digest: string | undefined;

  constructor(module: WebAssembly.Module) {
    this.#send(module);
    this.#worker.onmessage = ({ data }: MessageEvent<HashReply>) => {
      this.#begun = true;
      this.#pending--;
      if (typeof data === 'string') this.#digest = data;
      else if (data) this.#ring = data;
      this.#wake?.();
    };
    this.#worker.onerror = (event) => {
      this.#failure = new Error(`the hashing worker failed: ${event.message}`);
      this.#wake?.();
    };
  }

  async add(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let done = 0; done < bytes.byteLength; done += slotBytes) {
      await this.#until(() => this.#begun && this.#pending < slots);
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

  #inSlot(piece: Uint8Array<ArrayBuffer>): HashRequest {
    if (!this.#ring) return piece;
    slotOf(this.#ring, this.#pieces++, piece.byteLength).set(piece);
    return piece.byteLength;
  }

  #send(request: HashRequest): void {
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
