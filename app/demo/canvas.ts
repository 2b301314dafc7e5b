// Stereo sound being made. On a loop, what is written past the end comes round at the start, so it has no seam.
import { framesPerBar } from './score.ts';

export interface StereoEffect {
  /** Processes in place; state carries on from call to call. */
  process(left: Float32Array, right: Float32Array): void;
}

/** Two bars: longer than any effect rings, and whole turns of everything that goes round. */
const tailFrames = 2 * framesPerBar;

export class StereoCanvas {
  readonly left: Float32Array<ArrayBuffer>;
  readonly right: Float32Array<ArrayBuffer>;
  readonly frames: number;
  readonly #loops: boolean;

  constructor(frames: number, loops: boolean) {
    this.frames = frames;
    this.#loops = loops;
    this.left = new Float32Array(frames);
    this.right = new Float32Array(frames);
  }

  /** Adds one frame; past the end it comes round on a loop and is dropped otherwise. */
  add(frame: number, left: number, right: number): void {
    const at = this.#loops ? frame % this.frames : frame;
    if (at >= this.frames) return;
    this.left[at] = (this.left[at] ?? 0) + left;
    this.right[at] = (this.right[at] ?? 0) + right;
  }

  /** On a loop the effect hears the last bars first, so that its tail is already there at the start. */
  apply(...effects: readonly StereoEffect[]): this {
    const before = Math.max(0, this.frames - tailFrames);
    for (const effect of effects) {
      if (this.#loops) effect.process(this.left.slice(before), this.right.slice(before));
      effect.process(this.left, this.right);
    }
    return this;
  }

  /** Scales to a peak level (linear). */
  normalise(peak: number): this {
    let highest = 0;
    for (let frame = 0; frame < this.frames; frame++) {
      highest = Math.max(highest, Math.abs(this.left[frame] ?? 0), Math.abs(this.right[frame] ?? 0));
    }
    const gain = highest > 0 ? peak / highest : 0;
    for (let frame = 0; frame < this.frames; frame++) {
      this.left[frame] = (this.left[frame] ?? 0) * gain;
      this.right[frame] = (this.right[frame] ?? 0) * gain;
    }
    return this;
  }
}
