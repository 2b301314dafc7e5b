// Plays a sound through a stretcher, block by block: from any place, at any speed and pitch, at full level at once.
import type { GrainStretcher } from './grain-stretcher.ts';
import { SoundEnd } from './sound-end.ts';

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
/** Halves of grains that are made before a sound begins: three grains give the first output, the next one is begun. */
const firstSteps = 7;
/** Halves of grains that are made at a time at most, unless there is no output left. */
const mostSteps = 3;
/** Grains of output in reserve from which on nothing is made. */
const fullReserve = 2;

/** Seconds of the sound; over longer ways it does not glide but jumps. */
const longestGlide = 0.05;
/** Grains on the way. */
const glideGrains = 4;

/** Audio thread: nothing here allocates but the constructor. Taking arrays apart by a pattern would. */
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
  readonly #end: SoundEnd;
  /** Where the next grain is played, without the shift. */
  #next = 0;
  /** How much further it goes than what sounded before, and the grains that are still on the way there. */
  #further = 0;
  #gliding = 0;
  /** Stretched frames from the next one that is read to the centre of the next grain. */
  #ahead = 0;
  #pitch = 1;
  #reset = true;
  #analysed = false;
  /** Halves of grains made since it began, and those that are due, in parts of one. */
  #steps = 0;
  #due: number;
  readonly #turn: number;
  #quantaToStart = 0;
  /** Output that waits, channel by channel: the frames [used, made). */
  readonly #waiting: readonly Float32Array[];
  #made = 0;
  #used = 0;

  /**
   * @param sampleRate of the output, Hz; the stretcher works at the sound's.
   * @param turn 0 to 1: players that work in different turns share the quanta evenly
   */
  constructor(stretcher: GrainStretcher, sound: PlayedSound, sampleRate: number, turn = 0) {
    this.#stretcher = stretcher;
    this.#turn = turn;
    this.#due = turn;
    this.#waiting = sound.channels.map(() => new Float32Array(2 * stretcher.output(0).length));
    this.#sound = sound;
    this.#scale = sound.sampleRate / sampleRate;
    stretcher.specify(0, 1, 1, true);
    this.#hop = stretcher.advance();
    this.#end = new SoundEnd(sound.frames, this.#hop);
  }

  /** Whether it plays until the sound ends. */
  get isOpen(): boolean {
    return this.#end.isOpen;
  }

  /** Whether all of the output is made. */
  get hasEnded(): boolean {
    return this.#end.reached;
  }

  get isReversed(): boolean {
    return this.#direction < 0;
  }

  /** The frame of the sound that is heard in so many frames of the output, at this speed. */
  placeIn(frames: number): number {
    const place = this.#next + this.#direction * this.#shift + frames * this.#inputSpeed() - this.#movedUntilHeard();
    return this.isReversed ? this.#sound.frames - place : place;
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
    this.#end.begin(left);
    this.#gliding = 0;
    this.#ahead = 0;
    this.#reset = true;
    this.#analysed = false;
    this.#steps = 0;
    this.#quantaToStart = 0;
    this.#due = this.#turn;
    this.#made = 0;
    this.#used = 0;
  }

  /** Goes over to where a frame of the sound would be heard next; the next grains show what is heard there by then. */
  goTo(frame: number): void {
    const place = this.isReversed ? this.#sound.frames - frame : frame;
    const next = place - this.#direction * this.#shift + this.#movedUntilHeard();
    const further = next - this.#next;
    this.#next = next;
    this.#end.move(further);
    this.#further = further;
    this.#gliding = Math.abs(further) < longestGlide * this.#sound.sampleRate ? glideGrains : 0;
  }

  /** Does a part of the work for the first output, which is wanted in so many quanta; to be asked in every one until then. */
  prepare(quanta: number): void {
    if (this.#steps === 0) this.#quantaToStart = Math.max(quanta, this.#quantaToStart);
    const due = firstSteps * (1 - (quanta - 1) / this.#quantaToStart) - this.#turn;
    for (let count = 0; count < mostSteps && this.#steps < due; count++) this.#step();
  }

  /** Does what falls due while the output grows by so many frames. */
  keepUp(frames: number): void {
    if ((this.#made - this.#used) * this.#pitch > fullReserve * this.#hop) return;
    this.#due = Math.min(this.#due + (2 * frames * this.#pitch) / this.#hop, mostSteps);
    for (; this.#due >= 1 && !this.#end.reached; this.#due--) this.#step();
  }

  /** Passes over so many frames of the output, or as many as a quantum has time for; returns how many are left, -1 when it has ended. */
  skip(frames: number): number {
    let left = frames;
    for (let steps = 0; left > 0; ) {
      if (this.#used === this.#made) {
        if (this.#end.reached) return -1;
        if (steps === mostSteps) return left;
        this.#step();
        steps++;
        continue;
      }
      const count = Math.min(left, this.#made - this.#used);
      this.#used += count;
      left -= count;
    }
    return 0;
  }

  /** Writes the frames `[from, to)` of the output; returns where it has ended. */
  render(output: readonly Float32Array[], from: number, to: number): number {
    for (let at = from; at < to; ) {
      if (this.#used === this.#made) {
        if (this.#end.reached) return at;
        this.#step();
        continue;
      }
      const count = Math.min(to - at, this.#made - this.#used);
      for (let channel = 0; channel < output.length && channel < this.#waiting.length; channel++) {
        const target = output[channel] as Float32Array;
        const source = this.#waiting[channel] as Float32Array;
        for (let frame = 0; frame < count; frame++) target[at + frame] = source[this.#used + frame] as number;
      }
      this.#used += count;
      at += count;
    }
    return to;
  }

  #step(): void {
    this.#steps++;
    if (this.#analysed) this.#synthesise();
    else this.#analyse();
  }

  #analyse(): void {
    const pitch = 2 ** (this.#semitones / semitonesPerOctave) * this.#scale;
    const speed = this.#inputSpeed();
    const shift = this.#direction * this.#shift;
    const moved = this.#reset ? 0 : ((shift - this.#end.shift) * this.#pitch) / this.#hop;
    // What has jumped is crossed over to: it has no speed.
    const hand = Math.abs(moved) <= fastestHand * this.#scale ? moved : 0;
    this.#pitch = Math.min(highestPitch, Math.max(lowestPitch, pitch));
    const played = this.#next - (this.#further * this.#gliding) / (glideGrains + 1);
    if (this.#gliding > 0) this.#gliding--;
    this.#end.add(played, shift, this.#reset);
    const wanted = this.#stretcher.specify(played + shift, speed + hand, this.#pitch, this.#reset);
    this.#putInput(this.#stretcher.begin(), wanted);
    this.#stretcher.analyse();
    this.#next += (speed * this.#hop) / this.#pitch;
    this.#ahead += this.#hop;
    this.#reset = false;
    this.#analysed = true;
  }

  #synthesise(): void {
    const made = this.#stretcher.synthesise();
    this.#analysed = false;
    this.#ahead -= made * this.#pitch;
    if (made > 0) this.#keep(this.#end.count(made, this.#pitch));
  }

  /** Puts the stretcher's first frames behind those that wait. */
  #keep(frames: number): void {
    for (let channel = 0; channel < this.#waiting.length; channel++) {
      const waiting = this.#waiting[channel] as Float32Array;
      const made = this.#stretcher.output(channel);
      waiting.copyWithin(0, this.#used, this.#made);
      const end = this.#made - this.#used;
      for (let frame = 0; frame < frames; frame++) waiting[end + frame] = made[frame] as number;
    }
    this.#made += frames - this.#used;
    this.#used = 0;
  }

  /** Frames of the sound, or of the sound reversed, per frame of output. */
  #inputSpeed(): number {
    return this.#direction * this.#speed * this.#scale;
  }

  /** How far it gets until what the next grain shows is heard. */
  #movedUntilHeard(): number {
    return this.#inputSpeed() * (this.#made - this.#used + this.#ahead / this.#pitch);
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
