// A stretcher at work on a sound: sources take it over from one another, and each quantum is made once, whoever asks first.
import type { GrainStretcher } from './grain-stretcher.ts';
import { type PlayedSound, SoundPlayer } from './sound-player.ts';

/** Audio thread. */
export class SoundRun {
  readonly sound: PlayedSound;
  readonly stretcher: GrainStretcher;
  readonly player: SoundPlayer;
  /** Of the newest quantum, channel by channel. */
  readonly #quantum: readonly Float32Array[];
  readonly #quantumFrames: number;
  /** Of the context, where the newest quantum begins; -1: there is none. */
  #frame = -1;
  /** How far into it something is heard. */
  #heard = 0;
  /** Sources that play it, or may begin to. */
  users = 1;

  /**
   * @param sampleRate of the output, Hz
   * @param turn 0 to 1: runs that work in different turns share the quanta evenly
   */
  constructor(
    stretcher: GrainStretcher,
    sound: PlayedSound,
    { sampleRate, quantumFrames, turn }: { sampleRate: number; quantumFrames: number; turn: number },
  ) {
    this.stretcher = stretcher;
    this.sound = sound;
    this.player = new SoundPlayer(stretcher, sound, sampleRate, turn);
    this.#quantum = sound.channels.map(() => new Float32Array(quantumFrames));
    this.#quantumFrames = quantumFrames;
  }

  /** Whether it sounded up to the quantum at `frame`, or has made that. */
  soundsAt(frame: number): boolean {
    return this.#frame >= 0 && this.users > 0 && (frame === this.#frame || frame === this.end);
  }

  /** Of the context: what comes from there on is not made yet. */
  get end(): number {
    return this.#frame + this.#quantumFrames;
  }

  /** Makes the quantum at `frame`, from so many of its frames on, unless it is made; returns how many are heard. */
  make(frame: number, from: number): number {
    if (frame === this.#frame) return this.#heard;
    this.#frame = frame;
    this.#heard = this.player.render(this.#quantum, from, this.#quantumFrames);
    if (this.#heard === this.#quantumFrames) this.player.keepUp(this.#quantumFrames);
    return this.#heard;
  }

  /** Copies the frames `[from, to)` of the newest quantum. */
  copy(output: readonly Float32Array[], from: number, to: number): void {
    for (let channel = 0; channel < output.length && channel < this.#quantum.length; channel++) {
      const target = output[channel] as Float32Array;
      const samples = this.#quantum[channel] as Float32Array;
      for (let frame = from; frame < to; frame++) target[frame] = samples[frame] as number;
    }
  }
}
