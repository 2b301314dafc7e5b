// Worker: hashes the pieces it is sent, in order, where they lie in its kernel's memory.
import { type HashReply, type HashRequest, slotBytes, slotOf, slots } from './hash-ring.ts';
import { type HashBuilder, MediaKernel } from './media-kernel.ts';

interface Hashing {
  readonly hash: HashBuilder;
  readonly ring: Uint8Array;
  pieces: number;
}

let hashing: Hashing | undefined;
const reply = (message: HashReply): void => globalThis.postMessage(message);

function start(module: WebAssembly.Module): Hashing {
  const kernel = new MediaKernel(module);
  const hash = kernel.createHash();
  return { hash, ring: kernel.reserve(slots * slotBytes), pieces: 0 };
}

globalThis.onmessage = ({ data }: MessageEvent<HashRequest>): void => {
  if (data instanceof WebAssembly.Module) {
    hashing = start(data);
    reply(globalThis.crossOriginIsolated ? hashing.ring : null);
  } else if (data === null) {
    reply(hashing?.hash.finish() ?? null);
  } else if (hashing) {
    hashing.hash.add(typeof data === 'number' ? slotOf(hashing.ring, hashing.pieces++, data) : data);
    reply(null);
  }
};
