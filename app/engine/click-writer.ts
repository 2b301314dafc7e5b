// Hands a timeline's metronome clicks to the engine: seconds to frames, frames to its memory.
import { nearestFrame } from '../core/units.ts';
import { clickSpec, engineStatus } from '../protocol/engine-layout.ts';
import type { EngineClicks } from './audio-engine.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { EngineExports } from './engine-module.ts';

export const noClicks: EngineClicks = { seconds: new Float64Array(), accents: new Uint8Array() };

/** The control side of an engine. */
export interface ClickTarget {
  readonly exports: EngineExports;
  readonly memory: EngineMemory;
  readonly sampleRate: number;
}

/** @param atFrame master frame from which on they hold. @returns an EngineStatus */
export function writeClicks(
  { exports, memory, sampleRate }: ClickTarget,
  timeline: number,
  { seconds, accents }: EngineClicks,
  atFrame: number,
): number {
  const bytes = seconds.length * clickSpec.size;
  if (bytes === 0) return exports.atome_audio_set_clicks(timeline, 0, 0, atFrame);
  const address = exports.atome_audio_allocate(bytes);
  if (address === 0) return engineStatus.NO_MEMORY;
  const view = new DataView(memory.buffer(address + bytes), address, bytes);
  for (const [index, time] of seconds.entries()) {
    const at = index * clickSpec.size;
    view.setFloat64(at + clickSpec.offsets.position, nearestFrame(time, sampleRate), true);
    view.setUint32(at + clickSpec.offsets.accent, accents[index] ?? 0, true);
  }
  const status = exports.atome_audio_set_clicks(timeline, address, seconds.length, atFrame);
  exports.atome_audio_free(address);
  return status;
}
