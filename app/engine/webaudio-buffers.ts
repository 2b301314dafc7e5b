// Decoded sounds of the fallback engine, by content hash, within a bound.
import { type ErrorReport, reportOf } from '../protocol/errors.ts';
import { stereoFold } from './pan-law.ts';

/** Decoded audio that is kept: about 12 minutes of stereo at 48 kHz. */
const largestBytes = 256 * 1_048_576;

const bytesOf = (buffer: AudioBuffer): number => buffer.length * buffer.numberOfChannels * 4;

export class SoundBuffers {
  readonly #openFile: (hash: string) => Promise<Blob>;
  readonly #onError: (report: ErrorReport) => void;
  /** In order of use, the latest last. */
  readonly #buffers = new Map<string, AudioBuffer>();
  readonly #loading = new Map<string, Promise<AudioBuffer | undefined>>();
  #bytes = 0;

  constructor(openFile: (hash: string) => Promise<Blob>, onError: (report: ErrorReport) => void) {
    this.#openFile = openFile;
    this.#onError = onError;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(hash: string): AudioBuffer | undefined {
    const buffer = this.#buffers.get(hash);
    if (!buffer) return undefined;
    this.#buffers.delete(hash);
    this.#buffers.set(hash, buffer);
    return buffer;
  }

  /** Decodes at the context's rate; undefined, and reported, when it fails. */
  load(context: BaseAudioContext, hash: string): Promise<AudioBuffer | undefined> {
    const known = this.get(hash);
    if (known) return Promise.resolve(known);
    const loading = this.#loading.get(hash) ?? this.#decode(context, hash);
    this.#loading.set(hash, loading);
    return loading;
  }

  async #decode(context: BaseAudioContext, hash: string): Promise<AudioBuffer | undefined> {
    try {
      const file = await this.#openFile(hash);
      const buffer = toStereo(context, await context.decodeAudioData(await file.arrayBuffer()));
      this.#buffers.set(hash, buffer);
      this.#bytes += bytesOf(buffer);
      this.#evict(hash);
      return buffer;
    } catch (thrown) {
      this.#onError(reportOf(thrown, 'ERR_STORAGE_READ'));
      return undefined;
    } finally {
      this.#loading.delete(hash);
    }
  }

  #evict(kept: string): void {
    for (const [hash, buffer] of this.#buffers) {
      if (this.#bytes <= largestBytes) return;
      if (hash === kept) continue;
      this.#buffers.delete(hash);
      this.#bytes -= bytesOf(buffer);
    }
  }
}

/** Mixes what has more than two channels by the engine's law; the browser's own would differ. */
function toStereo(context: BaseAudioContext, buffer: AudioBuffer): AudioBuffer {
  if (buffer.numberOfChannels <= 2) return buffer;
  const stereo = context.createBuffer(2, buffer.length, buffer.sampleRate);
  const [left, right] = [stereo.getChannelData(0), stereo.getChannelData(1)];
  for (const [channel, [leftGain, rightGain]] of stereoFold(buffer.numberOfChannels).entries()) {
    const samples = buffer.getChannelData(channel);
    for (const [frame, sample] of samples.entries()) {
      left[frame] = (left[frame] as number) + sample * leftGain;
      right[frame] = (right[frame] as number) + sample * rightGain;
    }
  }
  return stereo;
}
