// How far the pictures that a video element shows are from where its clock says it is, and its seeks from where they aim.

const smoothing = 0.3;
/** Seconds that are made up for. */
const most = 0.5;
/** Seconds: what differs by more is not late but elsewhere. */
const elsewhere = 2;

/** What is known of a picture when it is about to be shown. */
export interface ShownPicture {
  /** Seconds inside the video: of the picture, of the element's clock, and of what is wanted, when it is seen. */
  readonly mediaTime: number;
  readonly clock: number;
  readonly wanted: number;
}

export class PictureLag {
  #behind = 0;
  #seek = 0.03;
  /** The picture that is shown next tells how a seek went. */
  #hasSought = false;

  /** Seconds of the video by which pictures are behind its clock; negative: they are ahead. */
  get behind(): number {
    return this.#behind;
  }

  /** Seconds by which a seek has to aim ahead: it takes its time, and so does what comes after it. */
  get seek(): number {
    return this.#seek;
  }

  /** A seek is under way. @param late seconds of the video by which the one before missed, if no picture has told so */
  sought(late: number): void {
    if (this.#hasSought) this.#learn(late);
    this.#hasSought = true;
  }

  /** A picture is seen while the video runs. */
  see({ mediaTime, clock, wanted }: ShownPicture): void {
    const behind = clock - mediaTime;
    const late = wanted - (clock - this.#behind);
    if (this.#hasSought) {
      this.#learn(late / 2);
      this.#hasSought = false;
    } else if (Math.abs(behind) < most) this.#behind += smoothing * (behind - this.#behind);
  }

  #learn(late: number): void {
    if (Math.abs(late) < elsewhere) this.#seek = Math.min(most, Math.max(0, this.#seek + late));
  }
}
