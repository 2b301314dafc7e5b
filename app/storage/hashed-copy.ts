// Copies bytes into a temporary file and hashes them on the way, never whole in memory.
import { openSink } from './sequential-sink.ts';
import type { TemporaryFile } from './temporary-file.ts';

/** @param onBytes told how many bytes are written so far. @returns the SHA-256 in lower-case hex */
export async function copyAndHash(
  blob: Blob,
  temporary: TemporaryFile,
  onBytes?: (bytes: number) => void,
): Promise<string> {
  // Few pages ever put bytes of their own, so the hash is loaded by those alone.
  const { createSHA256 } = await import('hash-wasm');
  const hash = await createSHA256();
  const sink = await openSink(temporary);
  let written = 0;
  try {
    for await (const bytes of blob.stream()) {
      hash.update(bytes);
      await sink.write(bytes);
      written += bytes.byteLength;
      onBytes?.(written);
    }
    await sink.close();
  } catch (thrown) {
    await sink.abort();
    throw thrown;
  }
  return hash.digest('hex');
}
