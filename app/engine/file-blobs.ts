// The stored samples of the session's files, by content hash, as the files' own objects tell them.
import type { ObjectReader } from '../session/types.ts';
import type { EngineBlob } from './deltas.ts';

/** Looks hashes up among the living files; the table is made at the first question. */
export function fileBlobs(objects: ObjectReader): (hash: string) => EngineBlob | undefined {
  let blobs: Map<string, EngineBlob> | undefined;
  return (hash) => {
    blobs ??= new Map(
      [...objects.ofKind('AudioFileAtome')].map(({ content_hash, channels, sample_rate, frames }) => [
        content_hash,
        { hash: content_hash, channels, sampleRate: sample_rate, frames },
      ]),
    );
    return blobs.get(hash);
  };
}
