// One live stretcher of the module: as many frames come out as go in, a fixed time later.
import type { StretchExports } from './stretch-module.ts';

export class LiveStretcher {
  /** Frames by which the output is behind the input. */
  readonly delay: number;
  readonly #channels: number;
  readonly #block: number;
  readonly #exports: StretchExports;
  readonly #address: number;
  readonly #lowestPitch: number;
  #input: readonly Float32Array[] = [];
  #output: readonly Float32Array[] = [];
  /** Frames that have yet to go in before the first one comes out. */
  #held: number;

  /**
   * @param sampleRate 8000 to 192000 Hz
   * @param block frames of every call
   * @param lowestPitch factor of frequencies, 0.25 to 4; the lower, the later
   * @throws RangeError when a value is out of range or memory has run out
   */
  constructor(exports: StretchExports, channels: number, sampleRate: number, block: number, lowestPitch: number) {
    this.#channels = channels;
    this.#block = block;
    this.#exports = exports;
    this.#lowestPitch = lowestPitch;
    this.#address = exports.atome_live_stretch_create(channels, sampleRate, block);
    if (this.#address === 0) throw new RangeError(`no stretcher for ${channels} channels at ${sampleRate} Hz`);
    this.delay = Math.ceil(exports.atome_live_stretch_delay(this.#address, lowestPitch) / block) * block;
    this.#held = this.delay;
    this.refresh();
  }

  /** Makes the views of the memory anew, which a memory that grows takes away. */
  refresh(): void {
    const { memory, atome_live_stretch_input, atome_live_stretch_output } = this.#exports;
    const views = (address: number): Float32Array[] =>
      Array.from(
        { length: this.#channels },
        (_, channel) => new Float32Array(memory.buffer, address + 4 * channel * this.#block, this.#block),
      );
    this.#input = views(atome_live_stretch_input(this.#address));
    this.#output = views(atome_live_stretch_output(this.#address));
  }

  /** Takes a block and gives one; channels that are missing are silent. @param pitch factor of frequencies. Audio thread. */
  process(input: readonly Float32Array[], output: readonly Float32Array[], pitch: number): void {
    for (let channel = 0; channel < this.#channels; channel++) {
      const samples = input[channel];
      if (samples) this.#input[channel]?.set(samples);
      else this.#input[channel]?.fill(0);
    }
    const held = this.#held > 0;
    const heard = Math.max(this.#lowestPitch, pitch);
    this.#exports.atome_live_stretch_process(this.#address, this.#block, held ? 0 : this.#block, 1, heard);
    if (held) this.#held -= this.#block;
    for (let channel = 0; channel < this.#channels; channel++) {
      const made = this.#output[channel];
      if (made && !held) output[channel]?.set(made);
    }
  }

  /** Whether shifts of the pitch leave a voice's resonances where they are. */
  keepFormants(keep: boolean): void {
    this.#exports.atome_live_stretch_keep_formants(this.#address, keep ? 1 : 0);
  }

  destroy(): void {
    this.#exports.atome_live_stretch_destroy(this.#address);
  }
}
