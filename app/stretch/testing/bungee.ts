// BungeeNode in real offline contexts, with the module and the worklet as they are built.
import moduleUrl from '../../../build/stretch.wasm?url';
import processorUrl from '../../../worklets/bungee-node.ts?worker&url';
import { BungeeSourceNode } from '../bungee-node.ts';
import { BungeeSound, loadBungee } from '../bungee-sounds.ts';

export const rate = 48_000;

export const bungeeFiles = async () => ({
  processorUrl,
  module: await WebAssembly.compileStreaming(fetch(moduleUrl)),
});

/** A context that renders `seconds` of `channels`, with the stretcher in it. */
export async function offlineContext(seconds: number, channels = 1): Promise<OfflineAudioContext> {
  const context = new OfflineAudioContext(channels, Math.round(seconds * rate), rate);
  await loadBungee(context, await bungeeFiles());
  return context;
}

export interface SourceSetup {
  readonly samples: readonly Float32Array[];
  readonly soundRate?: number;
  readonly seconds: number;
  readonly speed?: number;
  readonly pitch?: number;
  readonly formants?: boolean;
  readonly when?: number;
  readonly offset?: number;
  readonly duration?: number;
  readonly prepare?: (node: BungeeSourceNode, context: OfflineAudioContext) => void;
}

/** What a source sounds like, channel by channel. */
export async function renderSource(setup: SourceSetup): Promise<Float32Array[]> {
  const { samples, soundRate = rate, seconds, when, offset, duration, prepare, ...options } = setup;
  const context = await offlineContext(seconds, samples.length);
  const sound = await BungeeSound.load(
    context,
    samples.map((channel) => new Float32Array(channel)),
    soundRate,
  );
  const node = new BungeeSourceNode(context, { sound, ...options });
  node.connect(context.destination);
  prepare?.(node, context);
  node.start(when, offset, duration);
  await node.settled();
  const rendered = await context.startRendering();
  return samples.map((_, channel) => rendered.getChannelData(channel));
}
