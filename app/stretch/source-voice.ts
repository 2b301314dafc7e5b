// What a source plays and when, in the audio thread: from its start to its end, or on from where another source is.
import type { SoundRun } from './sound-run.ts';

/** What is later than this begins anew instead of making what it has missed. */
const mostMissedSeconds = 0.25;

export class SourceVoice {
  readonly #sampleRate: number;
  readonly #quantumFrames: number;
  /** Made with it, and what it plays: another source's where it goes on from that. */
  readonly #own: SoundRun;
  #run: SoundRun;
  readonly #formants: boolean;
  #state: 'idle' | 'waiting' | 'playing' | 'ended' = 'idle';
  /** Of the context, where the newest quantum begins; -1: there is none. */
  #frame = -1;
  /** Of the context; -1: with the next quantum. */
  #startFrame = -1;
  #stopFrame = Number.POSITIVE_INFINITY;
  #late = false;
  /** Frames of the output that should have sounded and have not been made yet. */
  #missed = 0;
  /** Frames of the sound. */
  #offset = 0;
  #left = 0;
  #speed = 1;
  #semitones = 0;
  /** Frames of the sound. */
  #shift = 0;
  #before: SourceVoice | undefined;
  /** Frames of the sound that it may be away from where this begins. */
  #within = 0;
  /** Whose speed and pitch hold, where several sources play one run. */
  #leads = true;
  #ownIsFree = false;

  constructor(
    run: SoundRun,
    { sampleRate, quantumFrames }: { sampleRate: number; quantumFrames: number },
    formants: boolean,
  ) {
    this.#own = run;
    this.#run = run;
    this.#sampleRate = sampleRate;
    this.#quantumFrames = quantumFrames;
    this.#formants = formants;
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Goes on from where `before` is when this starts, if that is at most so many frames of the sound away, or if this is late. */
  goOnFrom(before: SourceVoice, within: number): void {
    const isSameKind = before.#own.sound === this.#own.sound && before.#formants === this.#formants;
    if (!isSameKind) return;
    this.#before = before;
    this.#within = within;
  }

  /**
   * @param atFrame of the context; undefined: as soon as it can
   * @param offset seconds of the sound. @param duration seconds of the sound
   */
  start(atFrame: number | undefined, offset: number, duration: number): void {
    if (this.#state !== 'idle') return;
    const { sampleRate } = this.#own.sound;
    this.#startFrame = atFrame ?? -1;
    this.#offset = Math.round(offset * sampleRate);
    this.#left = duration * sampleRate;
    this.#own.player.begin(this.#offset, this.#left);
    this.#state = 'waiting';
  }

  stop(atFrame: number): void {
    this.#stopFrame = atFrame;
  }

  /** What holds from the next grain on. @param shift seconds of the sound */
  set(speed: number, semitones: number, shift: number): void {
    const frames = shift * this.#own.sound.sampleRate;
    if (semitones === this.#semitones && speed === this.#speed && frames === this.#shift) return;
    this.#speed = speed;
    this.#semitones = semitones;
    this.#shift = frames;
    if (this.#leads) this.#run.player.set(speed, semitones, frames);
    // What was prepared holds only as long as they do.
    if (this.#state === 'waiting') this.#own.player.begin(this.#offset, this.#left);
  }

  /**
   * Renders the next quantum; returns whether it goes on. Nothing here allocates.
   * @param told the context's frame at which it begins. Chromium tells that of the quantum before while the page connects nodes.
   */
  process(told: number, output: readonly Float32Array[] | undefined): boolean {
    const isFirst = this.#frame < 0;
    const frame = isFirst ? told : Math.max(told, this.#frame + this.#quantumFrames);
    this.#frame = frame;
    const overdue = frame - this.#stopFrame;
    const sounds = this.#state === 'playing' && this.#missed === 0;
    if (overdue === 0 || (overdue > 0 && !sounds)) this.#state = 'ended';
    if (this.#state === 'ended') return false;
    if (!output || this.#state === 'idle') return true;
    const frames = this.#quantumFrames;
    if (this.#state === 'waiting') {
      if (this.#startFrame >= frame + frames) {
        this.#prepare(frame);
        return true;
      }
      // Which quantum another source is in has to be sure.
      if (isFirst && this.#before && this.#startFrame < frame) return true;
      this.#begin(frame);
    }
    if (this.#missed > 0 && !this.#catchUp()) return true;
    const from = Math.max(0, this.#startFrame - frame);
    const to = overdue > 0 ? frames : Math.min(frames, this.#stopFrame - frame);
    const heard = Math.min(to, this.#run.make(frame, this.#run === this.#own ? from : 0));
    this.#run.copy(output, from, heard);
    if (this.#late) fade(output, 0, 1);
    this.#late = false;
    if (overdue > 0) fade(output, 1, 0);
    if (heard < frames || overdue > 0) this.#state = 'ended';
    return true;
  }

  /** Calls back with what it needs no more; between the callbacks. */
  giveBack(free: (run: SoundRun) => void): void {
    if (this.#run !== this.#own && !this.#ownIsFree) {
      this.#ownIsFree = true;
      drop(this.#own, free);
    }
    if (this.ended) drop(this.#run, free);
  }

  /** Does a part of the work for the first output, unless another source has done it. */
  #prepare(frame: number): void {
    const before = this.#before;
    // Whoever tells both rounds both: neither a hole nor a frame twice.
    if (before && Math.abs(before.#stopFrame - this.#startFrame) === 1) this.#startFrame = before.#stopFrame;
    if (before && before.#stopFrame >= this.#startFrame && this.#expects(before, frame)) return;
    this.#own.player.prepare((this.#startFrame - frame) / this.#quantumFrames);
  }

  #begin(frame: number): void {
    this.#state = 'playing';
    const late = this.#startFrame < 0 ? 0 : frame - this.#startFrame;
    this.#late = late > 0;
    const before = this.#before;
    this.#before = undefined;
    if (before && this.#takesOver(before, frame)) return;
    if (late > mostMissedSeconds * this.#sampleRate) {
      const missed = late * this.#step();
      this.#own.player.begin(this.#offset + missed, this.#left - Math.abs(missed));
    } else this.#missed = Math.max(0, late);
  }

  /** Whether it sounds up to the quantum at `frame`, or to the frame inside it where something goes on from it. */
  #reaches(frame: number, end: number): boolean {
    if (this.#state === 'waiting' && this.#startFrame < end) {
      this.#begin(frame);
      this.#run.make(frame, Math.max(0, this.#startFrame - frame));
    }
    return this.#run.soundsAt(frame);
  }

  /** Whether another one sounds now, or will before this, and this can go on from it in time. */
  #expects(before: SourceVoice, frame: number): boolean {
    const willSound = before.#state === 'waiting' && before.#startFrame < this.#startFrame;
    const sounds = before.#state === 'playing' && before.#run.soundsAt(frame);
    return (willSound || sounds) && this.#isLike(before) && this.#isNear(before);
  }

  /** Both play in one direction, to the end of the sound. */
  #isLike(before: SourceVoice): boolean {
    const { player } = before.#run;
    return player.isReversed === this.#speed < 0 && player.isOpen && this.#left === Number.POSITIVE_INFINITY;
  }

  #isNear(before: SourceVoice): boolean {
    const at = this.#startFrame;
    return Math.abs(before.#placeAt(at) - this.#wantedAt(at)) <= Math.max(this.#within, this.#samePlace());
  }

  /** Whether it goes on from another one in the quantum at `frame`. */
  #takesOver(before: SourceVoice, frame: number): boolean {
    if (!before.#reaches(frame, this.#startFrame) || !this.#isLike(before)) return false;
    if (!this.#late && !this.#isNear(before)) return false;
    const run = before.#run;
    const { player } = run;
    const wanted = this.#wantedAt(run.end);
    const isThere = Math.abs(player.placeIn(0) - wanted) <= this.#samePlace();
    if (player.hasEnded && !isThere) return false;
    player.set(this.#speed, this.#semitones, this.#shift);
    if (!isThere) player.goTo(wanted);
    before.#leads = false;
    run.users++;
    this.#run = run;
    return true;
  }

  /** Frame of the sound that is heard at a frame of the context. */
  #placeAt(frame: number): number {
    return this.#state === 'waiting' ? this.#wantedAt(frame) : this.#run.player.placeIn(frame - this.#run.end);
  }

  /** The one that should be. */
  #wantedAt(frame: number): number {
    const since = this.#startFrame < 0 ? 0 : frame - this.#startFrame;
    return this.#offset + this.#shift + since * this.#step();
  }

  /** Starts and offsets lie on whole frames: places so near to each other are one. */
  #samePlace(): number {
    return 2 * (1 + Math.abs(this.#step()));
  }

  /** Frames of the sound per frame of the output. */
  #step(): number {
    return (this.#speed * this.#own.sound.sampleRate) / this.#sampleRate;
  }

  /** Makes a part of what was missed, in silence; returns whether this quantum can be heard. */
  #catchUp(): boolean {
    const left = this.#run.player.skip(this.#missed);
    if (left < 0) this.#state = 'ended';
    this.#missed = left > 0 ? left + this.#quantumFrames : 0;
    return left === 0;
  }
}

function drop(run: SoundRun, free: (run: SoundRun) => void): void {
  run.users--;
  if (run.users === 0) free(run);
}

/** Over one quantum, of what is entered or left in its middle. */
function fade(output: readonly Float32Array[], from: number, to: number): void {
  for (let channel = 0; channel < output.length; channel++) {
    const samples = output[channel] as Float32Array;
    for (let frame = 0; frame < samples.length; frame++)
      samples[frame] = (samples[frame] as number) * (from + ((to - from) * frame) / samples.length);
  }
}
