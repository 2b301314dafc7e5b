// Records the engine's master output with the master frame at which it began.
import { AtomeError } from '../protocol/errors.ts';
import type { Counters, EngineMemory } from './engine-memory.ts';
import type { EngineExports } from './engine-module.ts';

export interface OutputRecording {
  /** Master frame of the first sample. */
  readonly startFrame: number;
  readonly channels: Float32Array[];
}

const lookMilliseconds = 5;
const patienceMilliseconds = 5000;

/** @throws AtomeError ERR_RENDER when `frames` is no number of frames, when there is no memory for it or the sound does not run. */
export async function recordTap(
  exports: EngineExports,
  memory: EngineMemory,
  counters: Counters,
  frames: number,
  atFrame: number,
  sampleRate: number,
): Promise<OutputRecording> {
  if (!Number.isSafeInteger(frames) || frames < 1) throw new AtomeError('ERR_RENDER', 'frames: must be 1 or more');
  const address = exports.atome_audio_start_tap(atFrame, frames);
  if (address === 0) throw new AtomeError('ERR_RENDER', 'no memory for the recording');
  try {
    const deadline = performance.now() + (frames / sampleRate) * 2000 + patienceMilliseconds;
    while (counters.read('tapFrames') < frames) {
      if (performance.now() > deadline) throw new AtomeError('ERR_RENDER', 'the sound is not running');
      await new Promise((resolve) => setTimeout(resolve, lookMilliseconds));
    }
    const channel = (index: number) => new Float32Array(memory.floats(address + index * frames * 4, frames));
    return { startFrame: exports.atome_audio_tap_start_frame(), channels: [channel(0), channel(1)] };
  } finally {
    exports.atome_audio_stop_tap();
  }
}
