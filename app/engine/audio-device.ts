// One audio context with the engine's node in it, from opening to closing.

import { type EngineProcessorOptions, engineProcessorName } from '../protocol/engine-processor.ts';
import { AtomeError } from '../protocol/errors.ts';

export interface AudioDeviceOptions {
  /** A context to use; by default a new one at the engine's rate. */
  readonly context: AudioContext | undefined;
  readonly addresses: { readonly memory: WebAssembly.Memory; readonly sampleRate: number };
  readonly module: WebAssembly.Module;
  readonly workletUrl: string;
  readonly createStack: () => Promise<number>;
  readonly counters: number;
  readonly generation: number;
  /** The device or the worklet failed; this one is of no more use. */
  readonly onLost: () => void;
  readonly onState: () => void;
}

/** Chromium's count of how often the device ran dry; not in every browser. */
interface PlaybackStatistics {
  readonly playbackStats?: { readonly underrunEvents?: number };
  readonly playoutStats?: { readonly fallbackFramesEvents?: number };
}

export class AudioDevice {
  readonly context: AudioContext;
  readonly #node: AudioWorkletNode;
  readonly #end = new AbortController();

  private constructor(context: AudioContext, node: AudioWorkletNode, { onLost, onState }: AudioDeviceOptions) {
    this.context = context;
    this.#node = node;
    const { signal } = this.#end;
    node.addEventListener('processorerror', onLost, { signal });
    context.addEventListener('error', onLost, { signal });
    context.addEventListener('statechange', onState, { signal });
    node.connect(context.destination);
  }

  /** @throws AtomeError ERR_ENGINE_START */
  static async open(options: AudioDeviceOptions): Promise<AudioDevice> {
    const { addresses, module, counters, generation } = options;
    const { memory, sampleRate } = addresses;
    const context = options.context ?? new AudioContext({ sampleRate, latencyHint: 'interactive' });
    try {
      if (context.sampleRate !== sampleRate) throw new Error(`${context.sampleRate} Hz instead of ${sampleRate} Hz`);
      await context.audioWorklet.addModule(options.workletUrl);
      const processorOptions: EngineProcessorOptions = {
        module,
        memory,
        counters,
        generation,
        stack: await options.createStack(),
      };
      const node = new AudioWorkletNode(context, engineProcessorName, {
        numberOfInputs: 0,
        numberOfOutputs: 1,
        outputChannelCount: [2],
        processorOptions,
      });
      return new AudioDevice(context, node, options);
    } catch (thrown) {
      if (!options.context) await context.close();
      throw new AtomeError('ERR_ENGINE_START', thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  underruns(): number {
    const { playbackStats, playoutStats }: PlaybackStatistics = this.context as AudioContext & PlaybackStatistics;
    return playbackStats?.underrunEvents ?? playoutStats?.fallbackFramesEvents ?? 0;
  }

  async close(): Promise<void> {
    this.#end.abort();
    this.#node.disconnect();
    if (this.context.state !== 'closed') await this.context.close();
  }
}
