// How a meter moves: up at once, down 20 dB in 1.7 s, its peak held for 1.5 s.
import { gainToDecibels } from '../../core/units.ts';

export const meterFloor = -60;
const fallPerMillisecond = 20 / 1700;
const holdMilliseconds = 1500;

export class MeterBallistics {
  /** dB. */
  level = meterFloor;
  /** dB; the highest level of the last 1.5 s, falling after it. */
  peak = meterFloor;
  #heldFor = 0;

  /** Takes the peak since the last call, as a linear value, and the milliseconds since then. */
  update(linear: number, elapsed: number): void {
    const input = Math.max(meterFloor, gainToDecibels(linear));
    this.level = Math.max(input, this.level - elapsed * fallPerMillisecond, meterFloor);
    if (input >= this.peak) {
      this.peak = input;
      this.#heldFor = 0;
      return;
    }
    this.#heldFor += elapsed;
    if (this.#heldFor > holdMilliseconds) this.peak = Math.max(this.level, this.peak - elapsed * fallPerMillisecond);
  }

  /** Has it come to rest at the floor? */
  get resting(): boolean {
    return this.level <= meterFloor && this.peak <= meterFloor;
  }
}
