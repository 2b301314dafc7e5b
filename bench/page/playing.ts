// What plays, and what it takes as the browser itself counts it.
import { scripting } from './session.ts';

/** Plays from a place in the timeline's timebase. */
export async function play(timelineId: string, position: number): Promise<void> {
  const reply = await scripting().services.timelines.play(timelineId, { type: 'time', value: position });
  if (!reply.ok) throw new Error(reply.error.msg);
}

/** Frames rendered so far, voices sounding now, frames that were silent because their pages were missing. */
export async function progress(): Promise<{ frames: number; voices: number; starved: number; engineBytes: number }> {
  const { masterFrame, activeVoices, starvedFrames, memoryBytes } = await scripting().services.audioEngine.getState();
  return { frames: masterFrame, voices: activeVoices, starved: starvedFrames, engineBytes: memoryBytes };
}

interface MemoryMeasurement {
  readonly bytes: number;
}

/** Bytes of the page and its workers, JavaScript and WASM alike. */
export async function countedBytes(): Promise<number> {
  const { measureUserAgentSpecificMemory } = performance as Performance & {
    readonly measureUserAgentSpecificMemory: () => Promise<MemoryMeasurement>;
  };
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
}
