// Hands a timeline's metronome clicks to the engine: seconds to frames, frames to its memory.
import { nearestFrame } from '../core/units.ts';
import { clickSpec, engineStatus } from '../protocol/engine-layout.ts';
import type { EngineClicks } from './audio-engine.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { EngineExports } from './engine-module.ts';

export const noClicks: EngineClicks = { seconds: new Float64Array(), accents: new Uint8Array() };

export class ClickWriter {
  readonly #exports: EngineExports;
  readonly #memory: EngineMemory;
  readonly #sampleRate: number;

  constructor(exports: EngineExports, memory: EngineMemory, sampleRate: number) {
    this.#exports = exports;
    this.#memory = memory;
    this.#sampleRate = sampleRate;
  }

  /** @param atFrame master frame from which on they hold. @returns an EngineStatus */
  write(timeline: number, { seconds, accents }: EngineClicks, atFrame: number): number {
    const bytes = seconds.length * clickSpec.size;
    if (bytes === 0) return this.#exports.atome_audio_set_clicks(timeline, 0, 0, atFrame);
    const address = this.#exports.atome_audio_allocate(bytes);
    if (address === 0) return engineStatus.NO_MEMORY;
    const view = new DataView(this.#memory.buffer(address + bytes), address, bytes);
    for (const [index, time] of seconds.entries()) {
      const at = index * clickSpec.size;
      view.setFloat64(at + clickSpec.offsets.position, nearestFrame(time, this.#sampleRate), true);
      view.setUint32(at + clickSpec.offsets.accent, accents[index] ?? 0, true);
    }
    const status = this.#exports.atome_audio_set_clicks(timeline, address, seconds.length, atFrame);
    this.#exports.atome_audio_free(address);
    return status;
  }
}
