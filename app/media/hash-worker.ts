// Worker: hashes the pieces it is sent, in order.
import { createInlineHasher, type HashReply, type HashRequest } from './stream-hasher.ts';

const hasher = createInlineHasher();
const reply = (message: HashReply): void => globalThis.postMessage(message);

globalThis.onmessage = async ({ data }: MessageEvent<HashRequest>): Promise<void> => {
  const ready = await hasher;
  if (data === null) return reply(await ready.finish());
  await ready.add(data);
  reply(null);
};
