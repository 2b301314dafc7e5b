// What the clips of the fallback engine play: their sounds, decoded and, where they are stretched, on the audio thread.
import { BungeeSound } from '../stretch/bungee-sounds.ts';
import type { SoundBuffers } from './webaudio-buffers.ts';
import { clipEnd, clipStart, type TimedClip } from './webaudio-clip.ts';
import type { VoiceSound } from './webaudio-source.ts';
import type { StretchSounds } from './webaudio-stretch.ts';

/** Where the sounds go; it belongs to one context. */
interface Output {
  readonly context: BaseAudioContext;
  readonly stretched: StretchSounds;
}

export class ClipSounds {
  readonly #output: Output;
  readonly #buffers: SoundBuffers;

  constructor(output: Output, buffers: SoundBuffers) {
    this.#output = output;
    this.#buffers = buffers;
  }

  /** What the clip plays, if it is there. */
  of({ clip }: TimedClip): VoiceSound | undefined {
    return clip.stretch ? this.#output.stretched.get(clip.hash) : this.#buffers.get(clip.hash);
  }

  async bring(timed: TimedClip): Promise<VoiceSound | undefined> {
    const known = this.of(timed);
    if (known) return known;
    return timed.clip.stretch
      ? this.bringStretchable(timed)
      : this.#buffers.load(this.#output.context, timed.clip.hash);
  }

  /** The clip's sound where stretchers play it, whether it is stretched or not. */
  async bringStretchable({ clip: { hash } }: TimedClip): Promise<BungeeSound | undefined> {
    const { context, stretched } = this.#output;
    const known = stretched.get(hash);
    if (known) return known;
    const buffer = await this.#buffers.load(context, hash);
    return buffer && stretched.load(hash, buffer);
  }

  /** Brings what sounds in so many seconds from a timeline position on. */
  load(clips: Iterable<TimedClip>, from: number, seconds: number): Promise<(VoiceSound | undefined)[]> {
    const near = [...clips].filter((timed) => clipEnd(timed) > from && clipStart(timed) < from + seconds);
    return Promise.all(near.map((timed) => this.bring(timed)));
  }

  /** As `load`, and stretchers for it are made. */
  async makeReady(clips: Iterable<TimedClip>, from: number, seconds: number): Promise<void> {
    const sounds = await this.load(clips, from, seconds);
    await this.#output.stretched.prepare(sounds.filter((sound) => sound instanceof BungeeSound));
  }
}
