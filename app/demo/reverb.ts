// A small room: eight delay lines that feed each other through a Hadamard matrix and grow darker as they fade.
// Jot and Chaigne, "Digital delay networks for designing artificial reverberators", 1991.
import type { StereoEffect } from './canvas.ts';
import { sampleRate } from './score.ts';

/** Frames; mutually prime, 23 to 73 ms. */
const lineFrames = [1103, 1361, 1627, 1949, 2281, 2633, 3067, 3511] as const;
const lineCount = lineFrames.length;
/** A power of two above the longest line. */
const lineRoom = 4096;

/**
 * @param mix level of the room beside the dry sound. @param seconds time in which it fades by 60 dB.
 * @param brightness 0 dark to 1 bright.
 */
export function reverb(mix: number, seconds: number, brightness: number): StereoEffect {
  const gains = Float64Array.from(lineFrames, (frames) => 10 ** ((-3 * frames) / (seconds * sampleRate)));
  const lines = new Float32Array(lineCount * lineRoom);
  const damped = new Float64Array(lineCount);
  const mixed = new Float64Array(lineCount);
  let clock = 0;

  return {
    process: (left, right) => {
      for (let frame = 0; frame < left.length; frame++, clock++) {
        const inputLeft = left[frame] ?? 0;
        const inputRight = right[frame] ?? 0;
        let wetLeft = 0;
        let wetRight = 0;
        for (let line = 0; line < lineCount; line++) {
          const at = line * lineRoom + ((clock - (lineFrames[line] ?? 0)) & (lineRoom - 1));
          const out = lines[at] ?? 0;
          const dark = (damped[line] ?? 0) + brightness * (out - (damped[line] ?? 0));
          damped[line] = dark;
          mixed[line] = dark * (gains[line] ?? 0);
          if (line & 1) wetRight += out;
          else wetLeft += out;
        }
        hadamard(mixed);
        for (let line = 0; line < lineCount; line++) {
          const input = line & 1 ? inputRight : inputLeft;
          lines[line * lineRoom + (clock & (lineRoom - 1))] = input * 0.5 + (mixed[line] ?? 0);
        }
        left[frame] = inputLeft + mix * wetLeft * 0.5;
        right[frame] = inputRight + mix * wetRight * 0.5;
      }
    },
  };
}

/** In place; orthogonal, so that nothing is gained or lost. */
function hadamard(values: Float64Array): void {
  const scale = 1 / Math.sqrt(values.length);
  for (let span = 1; span < values.length; span *= 2) {
    for (let at = 0; at < values.length; at++) {
      if (at & span) continue;
      const low = values[at] ?? 0;
      const high = values[at + span] ?? 0;
      values[at] = low + high;
      values[at + span] = low - high;
    }
  }
  for (let at = 0; at < values.length; at++) values[at] = (values[at] ?? 0) * scale;
}
