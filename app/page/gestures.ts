// Which calls of a program are one gesture: those about the same thing that follow each other closely.
import { createId } from '../core/id.ts';

/** Milliseconds: a hand that moves is not silent for longer. */
const longestRest = 500;

export class Gestures {
  #last: { readonly about: string; readonly id: string; readonly at: number } | undefined;

  /** The gesture that a call belongs to. @param now in milliseconds. */
  of(about: string, now: number): string {
    const last = this.#last;
    const goesOn = last?.about === about && now - last.at <= longestRest;
    const id = goesOn ? last.id : createId();
    this.#last = { about, id, at: now };
    return id;
  }
}
