// The sounds and clips that benchmarks of the mixer share: the same for the same numbers.
import type { ClipStretch, EngineDelta } from '../../app/engine/audio-engine.ts';
import type { PagedSource } from '../../app/engine/pager.ts';
import { memorySource } from '../../app/engine/testing/memory-source.ts';
import { noise } from '../../app/engine/testing/sounds.ts';

export const timelineId = 'timeline';

interface MaterialClip {
  readonly file: number;
  readonly gain: number;
  readonly pan: number;
  readonly stretch?: ClipStretch;
}

export interface Material {
  readonly sampleRate: number;
  readonly files: readonly (readonly [left: Float32Array, right: Float32Array])[];
  readonly clips: readonly MaterialClip[];
}

export interface MaterialShape {
  readonly sampleRate: number;
  readonly seconds: number;
  readonly files: number;
  readonly clips: number;
  /** false: every clip stays in the centre. */
  readonly panned: boolean;
  /** true: every clip has a ratio of its own above 1, and one of five pitches. */
  readonly stretched?: boolean;
}

/** Stereo noise; clips that all play from the start to the end, with gains below 0.01 and pans of their own. */
export function createMaterial({ sampleRate, seconds, files, clips, panned, stretched }: MaterialShape): Material {
  const frames = Math.round(sampleRate * seconds);
  const dice = noise(clips * 2, 99, 1);
  const roll = (index: number): number => dice[index] ?? 0;
  return {
    sampleRate,
    files: Array.from(
      { length: files },
      (_, file) => [noise(frames, 2 * file + 1), noise(frames, 2 * file + 2)] as const,
    ),
    clips: Array.from({ length: clips }, (_, clip) => ({
      file: clip % files,
      gain: 0.002 + 0.004 * Math.abs(roll(2 * clip)),
      pan: panned ? roll(2 * clip + 1) : 0,
      ...(stretched ? { stretch: { ratio: 1.02 + 0.05 * clip, semitones: (clip % 5) - 2 } } : {}),
    })),
  };
}

const hashOf = (file: number): string => `file ${file}`;

export const deltasOf = ({ sampleRate, files, clips }: Material): EngineDelta[] =>
  clips.map(({ file, gain, pan, stretch }, index) => {
    const frames = files[file]?.[0].length ?? 0;
    return {
      type: 'clip',
      clip: {
        id: `clip ${index}`,
        timelineId,
        hash: hashOf(file),
        startSeconds: 0,
        sourceStart: 0,
        sourceFrames: Math.round(frames * (stretch?.ratio ?? 1)),
        fadeInFrames: 0,
        fadeOutFrames: 0,
        gain,
        pan,
        muted: false,
        ...(stretch ? { stretch } : {}),
      },
      blob: { hash: hashOf(file), channels: 2, sampleRate, frames },
    };
  });

export const sourcesOf = ({ files, sampleRate }: Material): Map<string, PagedSource> =>
  new Map(files.map((channels, file) => [hashOf(file), memorySource(channels, sampleRate)]));
