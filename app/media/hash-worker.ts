// Worker: hashes the pieces it is sent, in order.
import { type HashBuilder, MediaKernel } from './media-kernel.ts';
import type { HashReply, HashRequest } from './stream-hasher.ts';

let hash: HashBuilder | undefined;
const reply = (message: HashReply): void => globalThis.postMessage(message);

globalThis.onmessage = ({ data }: MessageEvent<HashRequest>): void => {
  if (data instanceof WebAssembly.Module) {
    hash = new MediaKernel(data).createHash();
  } else if (data === null) {
    reply(hash?.finish() ?? null);
  } else {
    hash?.add(data);
    reply(null);
  }
};
