// Plays a sound through a stretcher, block by block: from any place, at any speed and pitch, at full level at once.
import type { GrainStretcher } from './grain-stretcher.ts';

/** A sound as the audio thread holds it. */
export interface PlayedSound {
  readonly channels: readonly Float32Array[];
  readonly frames: number;
  /** Hz. */
  readonly sampleRate: number;
}

const semitonesPerOctave = 12;
const [lowestPitch, highestPitch] = [0.25, 4];
/** Times the natural speed; what is moved further between two grains has jumped. */
const fastestHand = 16;
/** Output frames that are left when the next grain is begun: two quanta, so that its two halves fall into different ones. */
const aheadFrames = 256;

/** Where a grain stands, in frames of the sound, or of the sound reversed. */
class Place {
  /** Without what `shift` adds. */
  played = 0;
  shift = 0;
}

/** Audio thread: nothing here allocates but the constructor. */
export class SoundPlayer {
  readonly #stretcher: GrainStretcher;
  readonly #sound: PlayedSound;
  /** Frames of the sound per frame of output at speed 1. */
  readonly #scale: number;
  /** Stretched frames from grain to grain. */
  readonly #hop: number;
  #speed = 1;
  #semitones = 0;
  #shift = 0;
  /** -1: the sound is reversed, because it was backwards that it began; so attacks are kept in that direction. */
  #direction = 1;
  /** Of the three newest grains, the newest last: what is read lies between the first two. */
  readonly #places = [new Place(), new Place(), new Place()] as const;
  /** Where the next grain is played, without the shift. */
  #next = 0;
  #pitch = 1;
  #reset = true;
  #analysed = false;
  #worked = false;
  /** Frames of the sound that may still be played. */
  #left = Number.POSITIVE_INFINITY;
  #ending = false;
  /** Of the output's next frame, in stretched frames after the first of these places. */
  #phase = 0;
  /** Frames of output that are there, and how many of them have been taken. */
  #made = 0;
  #used = 0;

  /** @param sampleRate of the output, Hz; the stretcher works at the sound's. */
  constructor(stretcher: GrainStretcher, sound: PlayedSound, sampleRate: number) {
    this.#stretcher = stretcher;
    this.#sound = sound;
    this.#scale = sound.sampleRate / sampleRate;
    stretcher.specify(0, 1, 1, true);
    this.#hop = stretcher.advance();
  }

  /**
   * What holds from the next grain on.
   * @param speed times the natural one; 0 stands still, negative goes backwards
   * @param shift frames of the sound added to where it plays
   */
  set(speed: number, semitones: number, shift: number): void {
    this.#speed = speed;
    this.#semitones = semitones;
    this.#shift = shift;
  }

  /**
   * The next output is that of a frame of the sound.
   * @param left frames of the sound to be played, forwards or backwards
   */
  begin(frame: number, left: number): void {
    this.#direction = this.#speed < 0 ? -1 : 1;
    this.#next = this.#direction < 0 ? this.#sound.frames - Math.round(frame) : Math.round(frame);
    this.#left = left;
    this.#reset = true;
    this.#analysed = false;
    this.#ending = false;
    this.#phase = 0;
    this.#made = 0;
    this.#used = 0;
  }

  /** Does half a grain's work ahead where none had to be done since it was last asked. */
  prepare(): void {
    const worked = this.#worked;
    this.#worked = false;
    if (worked || this.#ending || this.#made - this.#used >= aheadFrames) return;
    if (!this.#analysed) this.#analyse();
    else if (this.#made === 0) this.#synthesise();
  }

  /** Writes the frames `[from, to)` of the output; returns where it has ended. */
  render(output: readonly Float32Array[], from: number, to: number): number {
    for (let at = from; at < to; ) {
      if (this.#used === this.#made) {
        if (this.#ending) return at;
        if (!this.#analysed) this.#analyse();
        this.#synthesise();
        continue;
      }
      const count = Math.min(to - at, this.#made - this.#used);
      for (let channel = 0; channel < output.length && channel < this.#stretcher.channels; channel++) {
        const target = output[channel] as Float32Array;
        const source = this.#stretcher.output(channel);
        for (let frame = 0; frame < count; frame++) target[at + frame] = source[this.#used + frame] as number;
      }
      this.#used += count;
      at += count;
    }
    return to;
  }

  #analyse(): void {
    const [first, second, third] = this.#places;
    const pitch = 2 ** (this.#semitones / semitonesPerOctave) * this.#scale;
    const speed = this.#direction * this.#speed * this.#scale;
    const shift = this.#direction * this.#shift;
    const moved = this.#reset ? 0 : ((shift - third.shift) * this.#pitch) / this.#hop;
    // What has jumped is crossed over to: it has no speed.
    const hand = Math.abs(moved) <= fastestHand * this.#scale ? moved : 0;
    this.#pitch = Math.min(highestPitch, Math.max(lowestPitch, pitch));
    copy(first, second);
    copy(second, third);
    third.played = this.#next;
    third.shift = shift;
    if (this.#reset) {
      copy(first, third);
      copy(second, third);
    }
    const wanted = this.#stretcher.specify(this.#next + shift, speed + hand, this.#pitch, this.#reset);
    this.#putInput(this.#stretcher.begin(), wanted);
    this.#stretcher.analyse();
    this.#next += (speed * this.#hop) / this.#pitch;
    this.#reset = false;
    this.#analysed = true;
    this.#worked = true;
  }

  #synthesise(): void {
    this.#made = this.#stretcher.synthesise();
    this.#used = 0;
    this.#analysed = false;
    this.#worked = true;
    if (this.#made > 0) this.#endWithSound();
  }

  /** Ends the output where the sound ends in the direction in which it is played, or as much as was wanted has been. */
  #endWithSound(): void {
    const [first, second] = this.#places;
    const step = this.#pitch / this.#hop;
    // Frames of the sound per frame of output: by the speed, and with what the shift adds.
    const played = (second.played - first.played) * step;
    const moved = played + (second.shift - first.shift) * step;
    const begin = first.played + first.shift + (moved / this.#pitch) * this.#phase;
    this.#phase += this.#made * this.#pitch - this.#hop;
    if (played === 0) return;
    const room = played > 0 ? this.#sound.frames - begin : begin;
    const framesToEdge = played * moved > 0 ? room / Math.abs(moved) : Number.POSITIVE_INFINITY;
    const last = Math.round(Math.min(framesToEdge, this.#left / Math.abs(played)));
    this.#left -= Math.abs(played) * this.#made;
    if (last >= this.#made) return;
    this.#made = Math.max(0, last);
    this.#ending = true;
  }

  /** What lies outside the sound is silence. */
  #putInput(begin: number, wanted: number): void {
    const { channels, frames } = this.#sound;
    const from = Math.min(wanted, Math.max(0, -begin));
    const until = Math.max(from, Math.min(wanted, frames - begin));
    for (let channel = 0; channel < channels.length; channel++) {
      const input = this.#stretcher.input(channel);
      const samples = channels[channel] as Float32Array;
      input.fill(0, 0, from);
      const first = this.#direction < 0 ? frames - 1 - begin : begin;
      for (let frame = from; frame < until; frame++) input[frame] = samples[first + this.#direction * frame] as number;
      input.fill(0, until, wanted);
    }
  }
}

function copy(to: Place, from: Place): void {
  to.played = from.played;
  to.shift = from.shift;
}
