// One stretcher of the module, grain by grain, with views of where its input goes and its output comes from.
import type { StretchExports } from './stretch-module.ts';

export class GrainStretcher {
  readonly channels: number;
  readonly #exports: StretchExports;
  readonly #address: number;
  #input: readonly Float32Array[] = [];
  #output: readonly Float32Array[] = [];

  /**
   * @param channels 1 to 32
   * @param sampleRate of input and output, 8000 to 192000 Hz
   * @param grains steady ones are all as long; growing ones are longer, and sound better, where the pitch is shifted up
   * @throws RangeError when a value is out of range or memory has run out
   */
  constructor(exports: StretchExports, channels: number, sampleRate: number, grains: 'steady' | 'growing') {
    this.channels = channels;
    this.#exports = exports;
    this.#address = exports.atome_stretch_create(channels, sampleRate, grains === 'steady' ? 1 : 0);
    if (this.#address === 0) throw new RangeError(`no stretcher for ${channels} channels at ${sampleRate} Hz`);
    this.refresh();
  }

  /** A channel's room for input. */
  input(channel: number): Float32Array {
    return this.#input[channel] as Float32Array;
  }

  /** A channel's output: the first frames of it, as many as `synthesise` says. */
  output(channel: number): Float32Array {
    return this.#output[channel] as Float32Array;
  }

  /** Makes the views anew. A memory that grows, as it may for other stretchers, takes them away. */
  refresh(): void {
    const { memory } = this.#exports;
    const views = (address: number, capacity: number): Float32Array[] =>
      Array.from(
        { length: this.channels },
        (_, channel) => new Float32Array(memory.buffer, address + 4 * channel * capacity, capacity),
      );
    const { atome_stretch_input, atome_stretch_input_capacity } = this.#exports;
    const { atome_stretch_output, atome_stretch_output_capacity } = this.#exports;
    this.#input = views(atome_stretch_input(this.#address), atome_stretch_input_capacity(this.#address));
    this.#output = views(atome_stretch_output(this.#address), atome_stretch_output_capacity(this.#address));
  }

  /**
   * Asks for a grain whose centre shows input frame `position`; returns how many input frames it needs.
   * @param speed input frames per output frame
   * @param pitch factor of all frequencies, 0.25 to 4
   * @param reset forgets what sounded: output begins at `position`, at full level, with the third grain
   */
  specify(position: number, speed: number, pitch: number, reset: boolean): number {
    return this.#exports.atome_stretch_specify(this.#address, position, speed, pitch, reset ? 1 : 0);
  }

  /** Whether shifts of the pitch leave a voice's resonances where they are, from the next grain asked for on. */
  keepFormants(keep: boolean): void {
    this.#exports.atome_stretch_keep_formants(this.#address, keep ? 1 : 0);
  }

  /** The first of those frames. */
  begin(): number {
    return this.#exports.atome_stretch_begin(this.#address);
  }

  /** Takes the input. */
  analyse(): void {
    this.#exports.atome_stretch_analyse(this.#address);
  }

  /** Writes what is now complete of the output and returns how many frames that is. */
  synthesise(): number {
    return this.#exports.atome_stretch_synthesise(this.#address);
  }

  /** Input frames from this grain's position to that of the next one at the same speed. */
  advance(): number {
    return this.#exports.atome_stretch_advance(this.#address);
  }

  destroy(): void {
    this.#exports.atome_stretch_destroy(this.#address);
  }
}
