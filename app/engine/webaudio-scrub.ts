// Lets a playhead of the fallback engine be heard while a hand drags it: a stretcher for each clip under it follows the hand.
import { BungeeSourceNode } from '../stretch/bungee-node.ts';
import type { BungeeSound } from '../stretch/bungee-sounds.ts';
import { clipEnd, clipStart, type TimedClip } from './webaudio-clip.ts';
import { Envelope } from './webaudio-envelope.ts';
import { ClipMix } from './webaudio-mix.ts';
import { ScrubMotion } from './webaudio-scrub-motion.ts';

/** Clips so near to the hand are made ready. */
const nearSeconds = 2;
const mostClips = 16;
const rampSeconds = 0.005;

export interface ScrubOptions {
  readonly context: BaseAudioContext;
  readonly output: AudioNode;
  /** Of the timeline, as they are now. */
  readonly clips: () => Iterable<TimedClip>;
  /** A clip's sound on the audio thread. */
  readonly soundOf: (timed: TimedClip) => Promise<BungeeSound | undefined>;
}

/** One drag. */
export class Scrub {
  readonly #options: ScrubOptions;
  readonly #motion: ScrubMotion;
  /** Timeline position from which all is counted. */
  readonly #from: number;
  readonly #sounding = new Map<string, ScrubbedClip>();
  #at: number;
  #isHeld = true;

  constructor(options: ScrubOptions, from: number) {
    this.#options = options;
    this.#from = from;
    this.#at = from;
    this.#motion = new ScrubMotion(options.context, options.output);
  }

  /** The hand is there. */
  lead(seconds: number): void {
    this.#at = seconds;
    this.#motion.lead(seconds - this.#from);
    const clips = [...this.#options.clips()];
    for (const [id, clip] of this.#sounding) {
      const now = clips.find((timed) => timed.clip.id === id);
      if (now && this.#isUnder(now)) continue;
      this.#sounding.delete(id);
      clip.leave();
    }
    for (const timed of clips) {
      const isNear = clipStart(timed) < seconds + nearSeconds && clipEnd(timed) > seconds - nearSeconds;
      if (isNear && !timed.clip.muted) void this.#bring(timed);
    }
  }

  /** The hand has let go. */
  end(): void {
    this.#isHeld = false;
    const ends = [...this.#sounding.values()].map((clip) => clip.leave());
    this.#sounding.clear();
    void Promise.all(ends).then(() => this.#motion.end());
  }

  async #bring(timed: TimedClip): Promise<void> {
    const sound = await this.#options.soundOf(timed);
    const { id } = timed.clip;
    if (!sound || !this.#isHeld || !this.#isUnder(timed)) return;
    if (this.#sounding.has(id) || this.#sounding.size >= mostClips) return;
    this.#sounding.set(id, new ScrubbedClip(this.#options.context, timed, sound, this.#motion, this.#from));
  }

  #isUnder = (timed: TimedClip): boolean => clipStart(timed) <= this.#at && this.#at < clipEnd(timed);
}

/** A clip under the playhead. */
class ScrubbedClip {
  readonly #source: BungeeSourceNode;
  readonly #release: Envelope;
  readonly #ended: Promise<void>;

  constructor(context: BaseAudioContext, timed: TimedClip, sound: BungeeSound, motion: ScrubMotion, from: number) {
    const { clip, sampleRate } = timed;
    const { ratio = 1, semitones = 0 } = clip.stretch ?? {};
    this.#source = new BungeeSourceNode(context, { sound, speed: 0, pitch: semitones });
    this.#release = new Envelope(context, 'falls');
    const mix = new ClipMix(context, clip, motion.output);
    const coming = new Envelope(context, 'rises');
    this.#source.connect(coming.node).connect(this.#release.node).connect(mix.input);
    const place = new GainNode(context, { gain: 1 / ratio });
    motion.place.connect(place).connect(this.#source.position);
    this.#source.start(0, (clip.sourceStart / sampleRate + from - clip.startSeconds) / ratio);
    coming.start(0, rampSeconds);
    this.#ended = new Promise((resolve) => {
      this.#source.onended = async () => {
        motion.place.disconnect(place);
        await Promise.all([coming.end(), this.#release.end()]);
        mix.disconnect();
        resolve();
      };
    });
  }

  /** Resolves when it is gone. */
  leave(): Promise<void> {
    this.#release.start(0, rampSeconds, 0, () => this.#source.stop());
    return this.#ended;
  }
}
