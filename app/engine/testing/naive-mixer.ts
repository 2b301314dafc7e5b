// The mix as the documents describe it, written for clarity alone: no pages, no blocks, no state. Tests compare with it.
import type { EngineClip } from '../audio-engine.ts';
import { fadeLevel, panGains, stereoFold } from '../pan-law.ts';
import { naiveResample } from './naive-resampler.ts';

export interface NaiveClip {
  readonly clip: EngineClip;
  /** Whole file, planar. */
  readonly channels: readonly Float32Array[];
  /** Hz. */
  readonly sampleRate: number;
}

export interface NaiveMix {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/**
 * Mixes [from, from + frames) of a timeline at `sampleRate`. Sums are rounded to float32 after each clip, in the order
 * of starts and then of the list, which is what makes the engine's own sums comparable bit for bit.
 */
export function naiveMix(clips: readonly NaiveClip[], sampleRate: number, from: number, frames: number): NaiveMix {
  const mix = { left: new Float32Array(frames), right: new Float32Array(frames) };
  const rates = [...new Set(clips.map((clip) => clip.sampleRate))];
  rates.sort((one, other) => Number(other === sampleRate) - Number(one === sampleRate) || one - other);
  for (const rate of rates) {
    const ordered = clips
      .filter((clip) => clip.sampleRate === rate)
      .toSorted((one, other) => startOf(one) - startOf(other));
    if (rate === sampleRate) for (const clip of ordered) addClip(clip, from, mix);
    else naiveResample((at, length) => busOf(ordered, at, length), rate, sampleRate, from, mix);
  }
  return mix;
}

/** Frame of the file's own rate at which a clip starts on the timeline. */
const startOf = ({ clip, sampleRate }: NaiveClip): number => Math.round(clip.startSeconds * sampleRate);

function busOf(clips: readonly NaiveClip[], from: number, frames: number): NaiveMix {
  const bus = { left: new Float32Array(frames), right: new Float32Array(frames) };
  for (const clip of clips) addClip(clip, from, bus);
  return bus;
}

/** Adds what a clip sounds like in the bus frames that begin with `from`. */
function addClip(naive: NaiveClip, from: number, { left, right }: NaiveMix): void {
  const { clip, channels } = naive;
  if (clip.muted) return;
  const start = startOf(naive);
  const length = Math.min(clip.sourceFrames, (channels[0]?.length ?? 0) - clip.sourceStart);
  const [panLeft, panRight] = panGains(clip.pan);
  const gains = [Math.fround(clip.gain * panLeft), Math.fround(clip.gain * panRight)] as const;
  const fold = stereoFold(channels.length);
  for (let frame = Math.max(start, from); frame < Math.min(start + length, from + left.length); frame++) {
    const fade = fadeAt(clip, frame - start, length);
    for (const [index, channel] of channels.entries()) {
      const sample = channel[clip.sourceStart + frame - start] ?? 0;
      const [foldLeft, foldRight] = fold[index] ?? [0, 0];
      accumulate(left, frame - from, sample, gains[0] * fade * foldLeft);
      accumulate(right, frame - from, sample, gains[1] * fade * foldRight);
    }
  }
}

function accumulate(bus: Float32Array, frame: number, sample: number, gain: number): void {
  if (gain !== 0) bus[frame] = Math.fround((bus[frame] ?? 0) + Math.fround(sample * gain));
}

function fadeAt({ fadeInFrames, fadeOutFrames, cut }: EngineClip, played: number, length: number): number {
  const remaining = length - played;
  const own =
    levelOf(played + (cut?.before ?? 0), fadeInFrames) * levelOf(remaining + (cut?.after ?? 0), fadeOutFrames);
  return own * levelOf(played, cut?.fadeIn ?? 0) * levelOf(remaining, cut?.fadeOut ?? 0);
}

const levelOf = (frames: number, fade: number): number => (frames < fade ? fadeLevel(frames / fade) : 1);
