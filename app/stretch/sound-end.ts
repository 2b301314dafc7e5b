// Where a sound that is played through grains ends in the output: with the sound, or once enough of it has been heard.

/** Where a grain stands, in frames of the sound, or of the sound reversed. */
class Place {
  /** Without what `shift` adds. */
  played = 0;
  shift = 0;
}

/** Audio thread: nothing here allocates but the constructor. */
export class SoundEnd {
  /** Of the sound. */
  readonly #frames: number;
  /** Stretched frames from grain to grain. */
  readonly #hop: number;
  /** Of the three newest grains, the newest last: what is read lies between the first two. */
  readonly #places = [new Place(), new Place(), new Place()] as const;
  /** Frames of the sound that may still be played. */
  #left = Number.POSITIVE_INFINITY;
  #reached = false;
  /** Of the output's next frame, in stretched frames after the first of these places. */
  #phase = 0;

  constructor(frames: number, hop: number) {
    this.#frames = frames;
    this.#hop = hop;
  }

  /** All of the output until there is made. */
  get reached(): boolean {
    return this.#reached;
  }

  /** It plays until the sound ends. */
  get isOpen(): boolean {
    return this.#left === Number.POSITIVE_INFINITY;
  }

  begin(left: number): void {
    this.#left = left;
    this.#reached = false;
    this.#phase = 0;
  }

  /** Of the newest grain, in frames of the sound. */
  get shift(): number {
    return this.#places[2].shift;
  }

  /** A grain is made. @param isFirst nothing sounded before it */
  add(played: number, shift: number, isFirst: boolean): void {
    const first = this.#places[0];
    const second = this.#places[1];
    const third = this.#places[2];
    copy(first, second);
    copy(second, third);
    third.played = played;
    third.shift = shift;
    if (isFirst) {
      copy(first, third);
      copy(second, third);
    }
  }

  /** It goes on so many frames of the sound further: as if it had always been there. */
  move(frames: number): void {
    for (let index = 0; index < this.#places.length; index++) (this.#places[index] as Place).played += frames;
  }

  /** So many frames of output are made; returns how many of them are heard. */
  count(made: number, pitch: number): number {
    const first = this.#places[0];
    const second = this.#places[1];
    const step = pitch / this.#hop;
    // Frames of the sound per frame of output: by the speed, and with what the shift adds.
    const played = (second.played - first.played) * step;
    const moved = played + (second.shift - first.shift) * step;
    const begin = first.played + first.shift + (moved / pitch) * this.#phase;
    this.#phase += made * pitch - this.#hop;
    if (played === 0) return made;
    const room = played > 0 ? this.#frames - begin : begin;
    const framesToEdge = played * moved > 0 ? room / Math.abs(moved) : Number.POSITIVE_INFINITY;
    const last = Math.round(Math.min(framesToEdge, this.#left / Math.abs(played)));
    this.#left -= Math.abs(played) * made;
    this.#reached = last < made;
    return Math.max(0, Math.min(last, made));
  }
}

function copy(to: Place, from: Place): void {
  to.played = from.played;
  to.shift = from.shift;
}
