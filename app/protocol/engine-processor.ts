// What the main thread hands to the engine's worklet when it makes a node.

export const engineProcessorName = 'atome-engine';

export interface EngineProcessorOptions {
  readonly module: WebAssembly.Module;
  /** The one shared memory of all instances. */
  readonly memory: WebAssembly.Memory;
  /** Top of this instance's own stack (atome_audio_create_stack). */
  readonly stack: number;
  /** Address of the EngineCounters. */
  readonly counters: number;
  /** Renders only while EngineCounters.audioGeneration has this value. */
  readonly generation: number;
}
