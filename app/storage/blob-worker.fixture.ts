// A dedicated worker with a blob store of its own, driven by the tests through comlink.
import { expose } from 'comlink';
import { openBlobStore } from './blob-store.ts';
import type { BlobInfo, BlobReader, BlobSource, BlobWriter } from './types.ts';
import { parseWavShape, sha256, wavBytes, wavShape } from './wav.fixture.ts';

const writers: BlobWriter[] = [];
const readers: BlobReader[] = [];
const open = (userId: string) => openBlobStore(userId, { parseShape: parseWavShape });

const worker = {
  /** Writes a WAV in pieces, its header last, and finishes it. */
  async store(userId: string, source: BlobSource, frames: number, seed: number) {
    const bytes = wavBytes(frames, seed);
    const writer = await (await open(userId)).createWriter(source);
    writer.write(new Uint8Array(44));
    for (let at = 44; at < bytes.length; at += 1000) writer.write(bytes.subarray(at, at + 1000));
    writer.writeAt(bytes.subarray(0, 44), 0);
    return writer.finish(await sha256(bytes), wavShape(frames));
  },
  /** Begins a WAV and leaves it unfinished. */
  async begin(userId: string): Promise<void> {
    const writer = await (await open(userId)).createWriter('recordings');
    writer.write(wavBytes(10_000));
    writers.push(writer);
  },
  async put(userId: string, bytes: Uint8Array, source: BlobSource): Promise<BlobInfo> {
    return (await open(userId)).put(bytes, source);
  },
  async read(userId: string, hash: string, at: number, length: number): Promise<Uint8Array> {
    const reader = await (await open(userId)).openRead(hash);
    readers.push(reader);
    const into = new Uint8Array(length);
    return into.subarray(0, reader.read(into, at));
  },
  closeReaders(): void {
    for (const reader of readers.splice(0)) reader.close();
  },
  /** Writes until something stops it; the name of the error, the bytes before it and what a second write says. */
  async fill(userId: string, chunkBytes: number, maximumBytes: number) {
    const writer = await (await open(userId)).createWriter('imports');
    const chunk = new Uint8Array(chunkBytes).fill(1);
    const nameOf = (thrown: unknown) => (thrown as { report?: { name: string } }).report?.name ?? String(thrown);
    while (writer.bytes < maximumBytes) {
      try {
        writer.write(chunk);
      } catch (thrown) {
        const written = writer.bytes;
        let second = 'none';
        try {
          writer.write(chunk);
        } catch (again) {
          second = nameOf(again);
        }
        await writer.abort();
        return { first: nameOf(thrown), second, written };
      }
    }
    await writer.abort();
    return { first: 'none', second: 'none', written: maximumBytes };
  },
};

export type BlobWorker = typeof worker;

expose(worker);
