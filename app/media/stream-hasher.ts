// SHA-256 of a stream: in a worker of its own for what is long, on the spot for what is short.
import { createSHA256 } from 'hash-wasm';

export interface StreamHasher {
  /** Takes the bytes over: their buffer may be gone afterwards. Resolves when there is room for more. */
  add(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Lower-case hex. */
  finish(): Promise<string>;
  dispose(): void;
}

/** To the hashing worker: bytes to add, or `null` for the end. From it: `null` per piece, at the end the digest. */
export type HashRequest = Uint8Array<ArrayBuffer> | null;
export type HashReply = string | null;

/** Below this a worker costs more than it saves. */
const shortBytes = 8 * 1024 * 1024;
/** Pieces on their way to the worker: enough to keep it busy, few enough to stay small. */
const mostPending = 4;

/** @param expectedBytes roughly how much will come */
export const createStreamHasher = (expectedBytes: number): Promise<StreamHasher> =>
  expectedBytes < shortBytes ? createInlineHasher() : Promise.resolve(new WorkerHasher());

export async function createInlineHasher(): Promise<StreamHasher> {
  const hasher = await createSHA256();
  hasher.init();
  return {
    add: async (bytes) => {
      hasher.update(bytes);
    },
    finish: async () => hasher.digest('hex'),
    dispose: () => undefined,
  };
}

class WorkerHasher implements StreamHasher {
  readonly #worker = new Worker(new URL('./hash-worker.ts', import.meta.url), { type: 'module', name: 'hash' });
  #pending = 0;
  #wake: (() => void) | undefined;
  #failure: Error | undefined;
  #digest: string | undefined;

  constructor() {
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
    this.#send(bytes, [bytes.buffer]);
    await this.#until(() => this.#pending < mostPending);
  }

  async finish(): Promise<string> {
    this.#send(null, []);
    await this.#until(() => this.#digest !== undefined);
    return this.#digest ?? '';
  }

  dispose(): void {
    this.#worker.terminate();
  }

  #send(request: HashRequest, transfer: Transferable[]): void {
    this.#pending++;
    this.#worker.postMessage(request, transfer);
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
