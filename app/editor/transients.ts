// Where the attacks in the sounds of clips are: asked for once per sound, then read by painters, gestures and actions.
import type { SoundOnsets } from '../core/onset-format.ts';
import type { Seconds } from '../core/units.ts';
import { BudgetCache } from './budget-cache.ts';
import { firstIndex } from './interval-index.ts';
import type { SceneClip } from './scene.ts';
import type { Viewport } from './viewport.ts';

/** The page passes its media worker in. */
export interface OnsetSource {
  onsets(hash: string): Promise<SoundOnsets>;
}

/** Attacks stand apart from so many pixels per second on; from farther they are neither drawn nor snapped to. */
const leastPixelsPerSecond = 40;

export const showsTransients = (view: Viewport): boolean => view.secondsPerPixel <= 1 / leastPixelsPerSecond;

/** Those of `onsets` (seconds in its file) that a clip plays inside (from, to) of the timeline, in timeline seconds. */
export function transientsOf(clip: SceneClip, onsets: Float64Array, from: Seconds, to: Seconds): Float64Array {
  const sourceAt = (time: Seconds): Seconds => clip.sourceStart + (time - clip.start) / clip.ratio;
  const earliest = sourceAt(Math.max(from, clip.start));
  const latest = sourceAt(Math.min(to, clip.end));
  const first = firstIndex(onsets.length, (index) => (onsets[index] ?? 0) > earliest);
  const last = firstIndex(onsets.length, (index) => (onsets[index] ?? 0) >= latest);
  return onsets
    .slice(first, Math.max(first, last))
    .map((onset) => clip.start + (onset - clip.sourceStart) * clip.ratio);
}

const none = new Float64Array();

export class Transients {
  readonly #source: OnsetSource;
  readonly #onLoaded: () => void;
  readonly #known: BudgetCache<Float64Array>;
  readonly #asked = new Map<string, Promise<Float64Array>>();
  /** Not asked for again by painters. */
  readonly #failed = new Set<string>();

  /** @param onLoaded those of one more sound are there: paint again. */
  constructor(source: OnsetSource, budgetBytes: number, onLoaded: () => void) {
    this.#source = source;
    this.#known = new BudgetCache(budgetBytes);
    this.#onLoaded = onLoaded;
  }

  /** What is known of a clip's transients inside (from, to), in timeline seconds; what is not is asked for. */
  in(clip: SceneClip, from: Seconds, to: Seconds): Float64Array {
    if (clip.picture) return new Float64Array(0);
    const onsets = this.#known.get(clip.hash);
    if (onsets) return transientsOf(clip, onsets, from, to);
    // A failure leaves the clip without ticks; what the person asked for themselves tells them.
    if (!this.#failed.has(clip.hash)) this.#load(clip.hash).catch(() => undefined);
    return none;
  }

  /** All transients of a clip, in timeline seconds, as soon as they are known. */
  async of(clip: SceneClip): Promise<Float64Array> {
    return transientsOf(clip, await this.#load(clip.hash), clip.start, clip.end);
  }

  #load(hash: string): Promise<Float64Array> {
    const known = this.#known.get(hash);
    const asked = known ? Promise.resolve(known) : this.#asked.get(hash);
    if (asked) return asked;
    const load = this.#ask(hash).finally(() => this.#asked.delete(hash));
    this.#asked.set(hash, load);
    return load;
  }

  async #ask(hash: string): Promise<Float64Array> {
    this.#failed.delete(hash);
    try {
      const { onsets } = await this.#source.onsets(hash);
      this.#known.set(hash, onsets, onsets.byteLength);
      this.#onLoaded();
      return onsets;
    } catch (thrown) {
      this.#failed.add(hash);
      throw thrown;
    }
  }
}
