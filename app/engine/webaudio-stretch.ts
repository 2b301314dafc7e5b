// The sounds that stretched clips play, in the audio thread of one context, within a bound.

import { type ErrorReport, reportOf } from '../protocol/errors.ts';
import { type BungeeFiles, BungeeSound, loadBungee } from '../stretch/bungee-sounds.ts';

/** As much as decoded sounds may take: about 12 minutes of stereo at 48 kHz. */
const largestBytes = 256 * 1_048_576;

/** Each stretcher takes 0.7 MiB. */
const mostPrepared = 16;

const bytesOf = ({ frames, channels }: BungeeSound): number => frames * channels * 4;

export class StretchSounds {
  readonly #context: BaseAudioContext;
  readonly #files: () => Promise<BungeeFiles>;
  readonly #onError: (report: ErrorReport) => void;
  /** In order of use, the latest last. */
  readonly #sounds = new Map<string, BungeeSound>();
  /** What failed stays here, so that it is reported once. */
  readonly #loading = new Map<string, Promise<BungeeSound | undefined>>();
  #bytes = 0;

  /** @param files are asked for when the first clip is stretched, which in most sessions is never */
  constructor(context: BaseAudioContext, files: () => Promise<BungeeFiles>, onError: (report: ErrorReport) => void) {
    this.#context = context;
    this.#files = files;
    this.#onError = onError;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(hash: string): BungeeSound | undefined {
    const sound = this.#sounds.get(hash);
    if (!sound) return undefined;
    this.#sounds.delete(hash);
    this.#sounds.set(hash, sound);
    return sound;
  }

  /** Copies a decoded sound there; undefined, and reported, when it fails. */
  load(hash: string, buffer: AudioBuffer): Promise<BungeeSound | undefined> {
    const known = this.get(hash);
    if (known) return Promise.resolve(known);
    const loading = this.#loading.get(hash) ?? this.#copy(hash, buffer);
    this.#loading.set(hash, loading);
    return loading;
  }

  /** Resolves when sources of these sounds can be made all at once without work for the audio thread. */
  async prepare(sounds: readonly BungeeSound[]): Promise<void> {
    const counts = new Map<string, number>();
    await Promise.all(
      sounds.slice(0, mostPrepared).map((sound) => {
        const shape = `${sound.channels}/${sound.sampleRate}`;
        const count = (counts.get(shape) ?? 0) + 1;
        counts.set(shape, count);
        return sound.prepare(count);
      }),
    );
  }

  async #copy(hash: string, buffer: AudioBuffer): Promise<BungeeSound | undefined> {
    try {
      await loadBungee(this.#context, await this.#files());
      const sound = await BungeeSound.of(this.#context, buffer);
      this.#loading.delete(hash);
      this.#sounds.set(hash, sound);
      this.#bytes += bytesOf(sound);
      this.#evict(hash);
      return sound;
    } catch (thrown) {
      this.#onError(reportOf(thrown, 'ERR_ENGINE_START'));
      return undefined;
    }
  }

  #evict(kept: string): void {
    for (const [hash, sound] of this.#sounds) {
      if (this.#bytes <= largestBytes) return;
      if (hash === kept) continue;
      this.#sounds.delete(hash);
      this.#bytes -= bytesOf(sound);
      sound.release();
    }
  }
}
