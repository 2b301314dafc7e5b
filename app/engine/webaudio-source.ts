// What a voice of the fallback engine plays: a decoded sound as it is, or stretched.
import { BungeeSourceNode } from '../stretch/bungee-node.ts';
import { BungeeSound } from '../stretch/bungee-sounds.ts';
import type { TimedClip, VoiceSpan } from './webaudio-clip.ts';

export type VoiceSound = AudioBuffer | BungeeSound;
export type VoiceSource = AudioBufferSourceNode | BungeeSourceNode;

/** A source that is started for the span, into `output`. */
export function createSource(
  context: BaseAudioContext,
  { clip, sampleRate }: TimedClip,
  sound: VoiceSound,
  { at, until, position }: VoiceSpan,
  output: AudioNode,
): VoiceSource {
  const offset = clip.sourceStart / sampleRate + position - clip.startSeconds;
  if (!(sound instanceof BungeeSound)) {
    const source = new AudioBufferSourceNode(context, { buffer: sound });
    source.connect(output);
    source.start(at, offset, until - at);
    return source;
  }
  const { ratio = 1, semitones = 0 } = clip.stretch ?? {};
  const source = new BungeeSourceNode(context, { sound, speed: 1 / ratio, pitch: semitones });
  source.connect(output);
  source.start(at, offset / ratio);
  source.stop(until);
  return source;
}
