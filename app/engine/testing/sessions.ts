// Random sessions for null tests: files of noise, clips of every kind, as deltas and as the naive mixer's list.
import fc from 'fast-check';
import type { EngineClip, EngineDelta } from '../audio-engine.ts';
import type { PagedSource } from '../pager.ts';
import { memorySource } from './memory-source.ts';
import type { NaiveClip } from './naive-mixer.ts';
import { noise } from './sounds.ts';

export const timelineId = 'timeline';

export interface SoundFile {
  readonly hash: string;
  readonly sampleRate: number;
  readonly channels: readonly Float32Array[];
}

export const soundFile = (hash: string, sampleRate: number, channels: readonly Float32Array[]): SoundFile => ({
  hash,
  sampleRate,
  channels,
});

export const noiseFile = (seed: number, sampleRate: number, channels: number, frames: number): SoundFile =>
  soundFile(
    `${seed}-${sampleRate}-${channels}-${frames}`,
    sampleRate,
    Array.from({ length: channels }, (_, channel) => noise(frames, seed + channel)),
  );

export const clipOf = (file: SoundFile, id: string, properties: Partial<EngineClip> = {}): EngineClip => ({
  id,
  timelineId,
  hash: file.hash,
  startSeconds: 0,
  sourceStart: 0,
  sourceFrames: file.channels[0]?.length ?? 0,
  fadeInFrames: 0,
  fadeOutFrames: 0,
  gain: 1,
  pan: 0,
  muted: false,
  ...properties,
});

export interface TestSession {
  readonly files: readonly SoundFile[];
  readonly clips: readonly EngineClip[];
}

export const fileOf = ({ files }: TestSession, { hash }: EngineClip): SoundFile => {
  const found = files.find((file) => file.hash === hash);
  if (!found) throw new Error(`no file ${hash}`);
  return found;
};

export const clipDelta = (file: SoundFile, clip: EngineClip): EngineDelta => ({
  type: 'clip',
  clip,
  blob: {
    hash: file.hash,
    channels: file.channels.length,
    sampleRate: file.sampleRate,
    frames: file.channels[0]?.length ?? 0,
  },
});

export const deltasOf = (session: TestSession): EngineDelta[] =>
  session.clips.map((clip) => clipDelta(fileOf(session, clip), clip));

export const naiveClipsOf = (session: TestSession): NaiveClip[] =>
  session.clips.map((clip) => ({ clip, ...fileOf(session, clip) }));

export const sourcesOf = ({ files }: Pick<TestSession, 'files'>): Map<string, PagedSource> =>
  new Map(files.map((file) => [file.hash, memorySource(file.channels, file.sampleRate)]));

export const openSourceOf = (session: TestSession) => async (hash: string) => {
  const source = sourcesOf(session).get(hash);
  if (!source) throw new Error(`no source ${hash}`);
  return source;
};

export interface SessionShape {
  readonly sampleRates: readonly number[];
  /** false: gain 1, pan 0, no fades, so that nothing is processed. */
  readonly processed: boolean;
  readonly mostChannels: number;
}

/** Up to 12 clips of up to 4 files; the longest file spans three pages. */
export function sessions({ sampleRates, processed, mostChannels }: SessionShape): fc.Arbitrary<TestSession> {
  const files = fc.array(
    fc
      .tuple(
        fc.nat(1_000_000),
        fc.constantFrom(...sampleRates),
        fc.integer({ min: 1, max: mostChannels }),
        fc.integer({ min: 1, max: 45_000 }),
      )
      .map(([seed, rate, channels, frames]) => noiseFile(seed, rate, channels, frames)),
    { minLength: 1, maxLength: 4 },
  );
  const part = fc.double({ min: 0, max: 1, noNaN: true });
  const clip = fc.record({
    file: fc.nat(3),
    startSeconds: fc.double({ min: 0, max: 0.7, noNaN: true }),
    from: part,
    length: part,
    gain: processed ? fc.double({ min: 0, max: 2, noNaN: true }) : fc.constant(1),
    pan: processed ? fc.double({ min: -1, max: 1, noNaN: true }) : fc.constant(0),
    fadeIn: processed ? part : fc.constant(0),
    fadeOut: processed ? part : fc.constant(0),
    muted: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  });
  return fc.tuple(files, fc.array(clip, { minLength: 1, maxLength: 12 })).map(([made, drawn]) => ({
    files: made,
    clips: drawn.map(({ file, from, length, fadeIn, fadeOut, ...properties }, index) => {
      const chosen = made[file % made.length] as SoundFile;
      const frames = chosen.channels[0]?.length ?? 0;
      const sourceStart = Math.floor(from * (frames - 1));
      const sourceFrames = 1 + Math.floor(length * (frames - 1 - sourceStart));
      return clipOf(chosen, `clip ${index}`, {
        ...properties,
        sourceStart,
        sourceFrames,
        fadeInFrames: Math.floor((fadeIn * sourceFrames) / 2),
        fadeOutFrames: Math.floor((fadeOut * sourceFrames) / 2),
      });
    }),
  }));
}
