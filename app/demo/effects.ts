// Effects that work on whole canvases: saturation, ducking, chorus, echo.
import type { StereoEffect } from './canvas.ts';
import { framesPerBeat, sampleRate } from './score.ts';

/** Soft clipping that leaves small signals at their level. */
export function saturation(drive: number): StereoEffect {
  const shape = (samples: Float32Array) => {
    for (let frame = 0; frame < samples.length; frame++)
      samples[frame] = Math.tanh((samples[frame] ?? 0) * drive) / drive;
  };
  return {
    process: (left, right) => {
      shape(left);
      shape(right);
    },
  };
}

/** Steps back on given beats of the bar and swells again, as if the kick pushed it away. */
export function ducking(beats: readonly number[], depth: number, seconds: number): StereoEffect {
  const bar = framesPerBeat * 4;
  const curve = new Float32Array(bar).fill(1);
  for (const beat of beats) {
    const start = Math.round(beat * framesPerBeat);
    for (let frame = 0; frame < bar; frame++) {
      const since = ((frame - start + bar) % bar) / sampleRate;
      const attack = Math.min(1, since / 0.004);
      const dip = 1 - depth * attack * Math.exp(-((since / seconds) ** 2));
      curve[frame] = Math.min(curve[frame] ?? 1, dip);
    }
  }
  return {
    process: (left, right) => {
      for (let frame = 0; frame < left.length; frame++) {
        const gain = curve[frame % bar] ?? 1;
        left[frame] = (left[frame] ?? 0) * gain;
        right[frame] = (right[frame] ?? 0) * gain;
      }
    },
  };
}

/** A delay line read between its samples. */
class DelayLine {
  readonly #samples: Float32Array;
  #at = 0;

  constructor(frames: number) {
    this.#samples = new Float32Array(Math.ceil(frames) + 2);
  }

  write(sample: number): void {
    this.#at = (this.#at + 1) % this.#samples.length;
    this.#samples[this.#at] = sample;
  }

  read(frames: number): number {
    const whole = Math.floor(frames);
    const fraction = frames - whole;
    const size = this.#samples.length;
    const near = this.#samples[(this.#at - whole + size) % size] ?? 0;
    const far = this.#samples[(this.#at - whole - 1 + size) % size] ?? 0;
    return near + (far - near) * fraction;
  }
}

/** Two slowly moving copies, a quarter cycle apart. @param cycleFrames should divide a loop's length */
export function chorus(mix: number, cycleFrames: number): StereoEffect {
  const base = 0.011 * sampleRate;
  const depth = 0.0035 * sampleRate;
  const lines = [new DelayLine(base + depth), new DelayLine(base + depth)] as const;
  let clock = 0;
  return {
    process: (left, right) => {
      for (let frame = 0; frame < left.length; frame++, clock++) {
        const phase = (2 * Math.PI * (clock % cycleFrames)) / cycleFrames;
        const dryLeft = left[frame] ?? 0;
        const dryRight = right[frame] ?? 0;
        lines[0].write(dryLeft);
        lines[1].write(dryRight);
        left[frame] = dryLeft + mix * lines[0].read(base + depth * Math.sin(phase));
        right[frame] = dryRight + mix * lines[1].read(base + depth * Math.cos(phase));
      }
    },
  };
}

/** Echoes that change sides and grow darker. */
export function pingPong(mix: number, feedback: number, delayFrames: number): StereoEffect {
  const lines = [new DelayLine(delayFrames), new DelayLine(delayFrames)] as const;
  let darkLeft = 0;
  let darkRight = 0;
  return {
    process: (left, right) => {
      for (let frame = 0; frame < left.length; frame++) {
        const echoLeft = lines[0].read(delayFrames - 1);
        const echoRight = lines[1].read(delayFrames - 1);
        darkLeft += 0.35 * (echoLeft - darkLeft);
        darkRight += 0.35 * (echoRight - darkRight);
        lines[0].write(((left[frame] ?? 0) + (right[frame] ?? 0)) / 2 + feedback * darkRight);
        lines[1].write(feedback * darkLeft);
        left[frame] = (left[frame] ?? 0) + mix * echoLeft;
        right[frame] = (right[frame] ?? 0) + mix * echoRight;
      }
    },
  };
}
