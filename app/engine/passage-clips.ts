// The clips of a passage as the engine plays them: cut where the passage ends, where they are stopped and where they change.
import { fadesBeyond } from '../core/fades.ts';
import { soundingFrames, sourceRange, stretchedFrame, stretchOf } from '../core/stretched-frames.ts';
import { tempoMapOf } from '../core/tempo.ts';
import { type Frames, nearestFrame, type Seconds } from '../core/units.ts';
import type { AudioClipAtome, AudioFileAtome } from '../protocol/kinds.ts';
import type { BlobInfo } from '../storage/types.ts';
import type { ClipStretch, EngineClip, EngineDelta } from './audio-engine.ts';
import { changeTimes, type Level, mixAt } from './mix-levels.ts';
import { levelOf, type Passage, type Walk } from './passages.ts';

type EngineBlob = Pick<BlobInfo, 'hash' | 'channels' | 'sampleRate' | 'frames'>;
export type ClipDelta = Extract<EngineDelta, { type: 'clip' }>;

/** Frames of the file over which a clip ends that is cut, and over which it begins when entered in its middle. */
const cutFrames = 128;
/** Frames over which a level changes into the next. */
const changeFrames = 240;
/** A cut so close to the clip's own end is none: rounding may put the two this far apart. */
const sameFrames = 1;

/** Where clips are looked for, and the timeline on top that plays them. */
export interface ClipSource {
  readonly walk: Pick<Walk, 'objects'>;
  readonly topId: string;
}

/** The clips that sound in a passage, with those that its events start. */
export function* clipsOf(source: ClipSource, passage: Passage): Generator<ClipDelta> {
  const { objects } = source.walk;
  const tempo = tempoMapOf(passage.timeline);
  for (const clip of objects.clipsOf(passage.timeline.id)) {
    yield* clipAt(source, passage, clip, tempo.toSeconds(clip.play_position), '');
  }
  for (const clipId of passage.events.targets()) {
    const clip = objects.get(clipId);
    if (clip?.kind !== 'AudioClipAtome') continue;
    for (const { id, at } of passage.events.startsOf(clipId)) yield* clipAt(source, passage, clip, at, `${id}/`);
  }
}

/** Every part of one clip that begins at `start` seconds of the passage's timeline. @param name goes before its id. */
export function* clipAt(
  source: ClipSource,
  passage: Passage,
  clip: AudioClipAtome,
  start: Seconds,
  name: string,
): Generator<ClipDelta> {
  const { objects } = source.walk;
  const file = objects.get(clip.audio_file_id);
  if (file?.kind !== 'AudioFileAtome' || isFrozen(clip) || start >= passage.to) return;
  const blob = blobOf(file);
  const begin = passage.toTop(start);
  const whole = wholeOf(clip, blob, begin);
  const stop = Math.min(passage.end, passage.events.stopOf(clip.id, begin));
  const levels = [...passage.levels, levelOf(objects, passage, clip)];
  const id = `${passage.prefix}${name}${clip.id}${passage.suffix}`;
  let index = 0;
  const seams = { begin: passage.seams.begin, end: passage.seams.end && stop === passage.end };
  for (const part of partsOf(whole, { begin: passage.begin, end: stop, seams }, levels)) {
    const named = index === 0 ? id : `${id}@${index}`;
    index++;
    yield { type: 'clip', blob, clip: engineClip(source.topId, named, blob, whole, part, mixAt(levels, part.time)) };
  }
}

/** The stored samples of a file. */
const blobOf = ({ content_hash: hash, channels, sample_rate: sampleRate, frames }: AudioFileAtome): EngineBlob => ({
  hash,
  channels,
  sampleRate,
  frames,
});

export const isFrozen = ({ frozen_by }: AudioClipAtome): boolean => typeof frozen_by === 'string';

/** A clip on the frame grid of its file. Its ends are rounded one by one, so that the halves of a split meet exactly. */
interface WholeClip {
  readonly rate: number;
  readonly startFrame: Frames;
  readonly sourceStart: Frames;
  readonly frames: Frames;
  /** Of the clip's own frames, where it is a part of a longer one whose fades it has. */
  readonly own: { readonly begin: Frames; readonly end: Frames };
  readonly fadeIn: Frames;
  readonly fadeOut: Frames;
  readonly stretch: ClipStretch | undefined;
}

function wholeOf(clip: AudioClipAtome, { sampleRate: rate, frames: stored }: EngineBlob, begin: Seconds): WholeClip {
  const part = { sample_rate: rate, frames: stored };
  const sounding = soundingFrames(clip, part);
  const { before, after } = fadesBeyond(clip);
  const lead = nearestFrame(before, rate);
  const frames = lead + sounding + nearestFrame(after, rate);
  const fade = (seconds: Seconds): Frames => Math.min(nearestFrame(seconds, rate), frames);
  return {
    rate,
    startFrame: nearestFrame(begin, rate) - lead,
    sourceStart: stretchedFrame(sourceRange(clip, part).first, stretchOf(clip)) - lead,
    frames,
    own: { begin: lead, end: lead + sounding },
    fadeIn: fade(clip.fade_in),
    fadeOut: fade(clip.fade_out),
    stretch: heardStretch(clip),
  };
}

/** At its own speed and pitch a clip is its file, frame by frame. */
function heardStretch(clip: AudioClipAtome): ClipStretch | undefined {
  const { stretch_algo, stretch_ratio: ratio, pitch_shift: semitones } = clip;
  return stretch_algo === 'none' || (ratio === 1 && semitones === 0) ? undefined : { ratio, semitones };
}

/** A part of a whole clip, in its frames; `time` is when its levels hold. */
interface Part {
  readonly from: Frames;
  readonly to: Frames;
  readonly fadeIn: Frames;
  readonly fadeOut: Frames;
  readonly time: Seconds;
}

function* partsOf(
  whole: WholeClip,
  { begin, end, seams }: Pick<Passage, 'begin' | 'end' | 'seams'>,
  levels: readonly Level[],
): Generator<Part> {
  const { rate, startFrame, own } = whole;
  const first = Math.max(own.begin, nearestFrame(begin, rate) - startFrame);
  const last = end === Number.POSITIVE_INFINITY ? own.end : Math.min(own.end, nearestFrame(end, rate) - startFrame);
  if (last <= first) return;
  // What changes within the first frame holds from its beginning.
  const time = (startFrame + first + 0.5) / rate;
  const cuts = changeTimes(levels, time, (startFrame + last) / rate)
    .map((at) => ({ frame: nearestFrame(at, rate) - startFrame, time: at }))
    .filter(({ frame }, index, all) => frame > first && frame < last && frame !== all[index + 1]?.frame);
  const edges = [{ frame: first, time }, ...cuts];
  let fadeIn = first > own.begin + sameFrames && !seams.begin ? Math.min(cutFrames, last - first) : 0;
  for (const [index, edge] of edges.entries()) {
    const next = edges[index + 1];
    // Neighbours overlap for as long as the change takes, and never longer than until the one after.
    const overlap = next ? Math.min(changeFrames, (edges[index + 2]?.frame ?? last) - next.frame) : 0;
    const to = next ? next.frame + overlap : last;
    const cutShort = !next && own.end - last > sameFrames && !seams.end;
    const fadeOut = cutShort ? Math.min(cutFrames, to - edge.frame) : overlap;
    yield { from: edge.frame, to, fadeIn, fadeOut, time: edge.time };
    fadeIn = overlap;
  }
}

function engineClip(
  timelineId: string,
  id: string,
  blob: EngineBlob,
  whole: WholeClip,
  { from, to, fadeIn, fadeOut }: Part,
  mix: Pick<EngineClip, 'gain' | 'pan' | 'muted'>,
): EngineClip {
  const after = whole.frames - to;
  const stretch = whole.stretch ? { stretch: whole.stretch } : {};
  const cut = from > 0 || after > 0 ? { cut: { before: from, after, fadeIn, fadeOut } } : {};
  return {
    id,
    timelineId,
    hash: blob.hash,
    startSeconds: (whole.startFrame + from) / whole.rate,
    sourceStart: whole.sourceStart + from,
    sourceFrames: to - from,
    fadeInFrames: whole.fadeIn,
    fadeOutFrames: whole.fadeOut,
    ...mix,
    ...stretch,
    ...cut,
  };
}
