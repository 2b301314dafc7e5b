// What a clip shows and how long it is: a part of a sound, stretched or not, or a picture of what plays inside.
import { type FadesBeyond, fadesBeyond, fittingFades } from '../core/fades.ts';
import { soundingFrames, stretchOf } from '../core/stretched-frames.ts';
import type { TempoMap } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { ActionClipAtome, AnyClip, AudioClipAtome, AudioFileAtome } from '../protocol/kinds.ts';
import type { NestedPictures, Picture } from './nested-picture.ts';

export interface ClipContent {
  /** Seconds inside the file. */
  readonly sourceStart: Seconds;
  readonly sourceEnd: Seconds;
  /** Seconds on the timeline for each second of the file. */
  readonly ratio: number;
  readonly semitones: number;
  /** Seconds on the timeline. */
  readonly fadeIn: Seconds;
  readonly fadeOut: Seconds;
  /** How much of what fades lies before and after the clip. */
  readonly fadesBeyond: FadesBeyond;
  readonly gain: number;
  readonly hash: string;
  readonly sampleRate: number;
  readonly channels: number;
  readonly fileDuration: Seconds;
  /** What plays inside; undefined for sound, which has its waveform. */
  readonly picture?: Picture;
}

interface Shown {
  /** On the timeline. */
  readonly length: Seconds;
  readonly content: ClipContent;
}

/** Undefined where a sound's file is unknown. @param tempo of the timeline that the clip lies on */
export function contentOf(
  clip: AnyClip,
  files: ReadonlyMap<string, AudioFileAtome>,
  pictures: NestedPictures,
  tempo: TempoMap,
): Shown | undefined {
  if (clip.kind === 'AudioClipAtome') return soundOf(clip, files.get(clip.audio_file_id));
  const picture = clip.kind === 'TimelineClipAtome' ? pictures.of(clip, tempo) : pictureOfActions(clip);
  return { length: picture.length, content: { ...noSound, sourceEnd: picture.length, picture } };
}

/** Of clips that are no sound; their right edge may be drawn out as far as one likes. */
const noSound = {
  sourceStart: 0,
  ratio: 1,
  semitones: 0,
  fadeIn: 0,
  fadeOut: 0,
  fadesBeyond: { before: 0, after: 0 },
  gain: 1,
  hash: '',
  sampleRate: 1,
  channels: 1,
  fileDuration: Number.POSITIVE_INFINITY,
} as const;

function soundOf(clip: AudioClipAtome, file: AudioFileAtome | undefined): Shown | undefined {
  if (!file) return undefined;
  const length = soundingFrames(clip, file) / file.sample_rate;
  const fades = fittingFades(clip, length);
  const content: ClipContent = {
    sourceStart: clip.start_offset,
    sourceEnd: clip.end_offset,
    ratio: stretchOf(clip),
    semitones: clip.stretch_algo === 'none' ? 0 : clip.pitch_shift,
    fadeIn: fades.fade_in,
    fadeOut: fades.fade_out,
    fadesBeyond: fadesBeyond(clip),
    gain: clip.gain,
    hash: file.content_hash,
    sampleRate: file.sample_rate,
    channels: file.channels,
    fileDuration: file.duration,
  };
  return { length, content };
}

/** A tick for each action. */
function pictureOfActions({ duration, events, repeats }: ActionClipAtome): Picture {
  const starts = Array.from({ length: Math.min(repeats, 200) }, (_, round) => round * duration);
  const ticks = starts.flatMap((start) =>
    events.map(({ time_offset }) => ({ from: start + time_offset, to: start + time_offset, row: 0 })),
  );
  return { length: duration * repeats, rows: 1, blocks: ticks, repeats: starts.slice(1) };
}
