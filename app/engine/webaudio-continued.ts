// Which of the voices that sound a stretched clip's new voice goes on from, so that nothing begins anew in the middle of a sound.
import type { PlannedVoice } from './webaudio-schedule.ts';
import { type Continued, placeInFile } from './webaudio-source.ts';
import type { Voice } from './webaudio-voice.ts';

/** Seconds of the file: places so near to each other are the same. */
const sameSeconds = 1e-4;
/** Places so near to each other are the same music: a voice glides from the one to the other. */
const nearSeconds = 0.01;
/** Seconds by which two times may be apart and be the same: half a frame. */
const sameTime = 1e-5;
/** Seconds for which two clips may sound together as one: while they do, the later one's speed and pitch hold for both. */
const longestOverlap = 0.5;

/** The voices that a playhead leaves behind where it goes on anew. */
export interface LeftBehind {
  readonly voices: readonly Voice[];
  /** Context time. */
  readonly at: number;
}

/**
 * A voice is gone on from once. A clip that begins where another ends, at the same place of the same file, goes on from that;
 * where a playhead goes on anew, a clip goes on from what played the same place, or from its own voice.
 */
export function continuedBy(
  planned: PlannedVoice,
  sounding: readonly Voice[],
  left: LeftBehind,
): Continued | undefined {
  const { timed, span } = planned;
  const { clip } = timed;
  if (!clip.stretch) return undefined;
  const isOwn = (voice: Voice): boolean => voice.clip.id === clip.id && voice.clip.hash === clip.hash;
  const isSame = (voice: Voice, tolerance: number): boolean =>
    voice.clip.hash === clip.hash &&
    voice.clip.stretch?.ratio === clip.stretch?.ratio &&
    voice.clip.stretch?.semitones === clip.stretch?.semitones &&
    Math.abs(voice.placeAt(span.at) - placeInFile(timed, span.position)) < tolerance;
  if (Math.abs(span.at - left.at) < sameTime) {
    const free = left.voices.filter((voice) => voice.canBeContinued && voice.span.at < left.at);
    const before =
      free.find((voice) => isOwn(voice) && isSame(voice, nearSeconds)) ??
      free.find((voice) => isSame(voice, nearSeconds)) ??
      free.find(isOwn);
    return before?.continued(Number.POSITIVE_INFINITY);
  }
  const lag = span.at - span.position;
  const isBefore = ({ span: earlier }: Voice): boolean =>
    Math.abs(earlier.at - earlier.position - lag) < sameTime &&
    earlier.at < span.at - sameTime &&
    earlier.until > span.at - sameTime &&
    earlier.until < span.at + longestOverlap;
  return sounding
    .find((voice) => voice.canBeContinued && isBefore(voice) && isSame(voice, sameSeconds))
    ?.continued(sameSeconds);
}
