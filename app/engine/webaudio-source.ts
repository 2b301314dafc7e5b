// What a voice of the fallback engine plays: a decoded sound as it is, or stretched.
import { BungeeSourceNode } from '../stretch/bungee-node.ts';
import { BungeeSound } from '../stretch/bungee-sounds.ts';
import type { TimedClip, VoiceSpan } from './webaudio-clip.ts';

export type VoiceSound = AudioBuffer | BungeeSound;
export type VoiceSource = AudioBufferSourceNode | BungeeSourceNode;

/** What a stretched source goes on from, and how many seconds of the sound that may be elsewhere. */
export interface Continued {
  readonly source: BungeeSourceNode;
  readonly within: number;
}

/** Where a clip's sound is when its timeline is at a position, in seconds of the file. */
export const placeInFile = ({ clip, sampleRate }: TimedClip, position: number): number =>
  (clip.sourceStart / sampleRate + position - clip.startSeconds) / (clip.stretch?.ratio ?? 1);

/** A source that is started for the span, into `output`. */
export function createSource(
  context: BaseAudioContext,
  timed: TimedClip,
  sound: VoiceSound,
  { at, until, position }: VoiceSpan,
  output: AudioNode,
  continued?: Continued,
): VoiceSource {
  const offset = placeInFile(timed, position);
  if (!(sound instanceof BungeeSound)) {
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    source.connect(output);
    source.start(at, offset, until - at);
    return source;
  }
  const { ratio = 1, semitones = 0 } = timed.clip.stretch ?? {};
  const source = new BungeeSourceNode(context, {
    ...{ sound, speed: 1 / ratio, pitch: semitones },
    ...(continued && { continues: continued.source, within: continued.within }),
  });
  source.connect(output);
  source.start(at, offset);
  source.stop(until);
  return source;
}
