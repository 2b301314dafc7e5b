// Sounds in a context’s audio thread: handed over once, played by any number of sources.
import { processorNames, type SoundsOptions, type StretcherShape } from './bungee-messages.ts';
import { BungeePort } from './bungee-port.ts';
import { compileAhead } from './compile-ahead.ts';

export interface BungeeFiles {
  /** The built worklets/bungee-node.ts: one self-contained file. */
  readonly processorUrl: string | URL;
  /** build/stretch.wasm. */
  readonly module: WebAssembly.Module;
}

const loading = new WeakMap<BaseAudioContext, Promise<BungeePort>>();
const lowestRate = 8000;
const highestRate = 192_000;
const mostChannels = 32;

/** Brings the stretcher into a context's audio thread; once per context, however often it is asked. */
export async function loadBungee(context: BaseAudioContext, files: BungeeFiles): Promise<void> {
  const known = loading.get(context) ?? openSounds(context, files);
  loading.set(context, known);
  try {
    await known;
  } catch (thrown) {
    if (loading.get(context) === known) loading.delete(context);
    throw thrown;
  }
}

/** A sound that sources of one context can play. */
export class BungeeSound {
  readonly context: BaseAudioContext;
  readonly channels: number;
  readonly frames: number;
  /** Hz; need not be the context's. */
  readonly sampleRate: number;
  /** Names it on the audio thread. */
  readonly id: number;
  /** The way to the audio thread, for its sources. */
  readonly port: BungeePort;

  /**
   * Hands samples over: the arrays are empty afterwards.
   * @param channels 1 to 32 of the same length, each in a buffer of its own
   * @param sampleRate 8000 to 192000 Hz
   * @throws RangeError; DOMException InvalidStateError before `loadBungee`
   */
  static async load(
    context: BaseAudioContext,
    channels: readonly Float32Array<ArrayBuffer>[],
    sampleRate: number,
  ): Promise<BungeeSound> {
    const frames = channels[0]?.length ?? 0;
    if (frames === 0 || channels.length > mostChannels || channels.some(({ length }) => length !== frames))
      throw new RangeError(`1 to ${mostChannels} channels of the same length, please`);
    if (!(sampleRate >= lowestRate && sampleRate <= highestRate))
      throw new RangeError(`${sampleRate} Hz is not from ${lowestRate} to ${highestRate} Hz`);
    const port = await (loading.get(context) ?? Promise.reject(notLoaded()));
    const shape = { channels: channels.length, frames, sampleRate };
    const sound = new BungeeSound(context, port, shape, await port.add(channels, sampleRate));
    await sound.prepare(1);
    return sound;
  }

  /** Hands a copy of a buffer's samples over. */
  static of(context: BaseAudioContext, buffer: AudioBuffer): Promise<BungeeSound> {
    const channels = Array.from({ length: buffer.numberOfChannels }, (_, channel) =>
      buffer.getChannelData(channel).slice(),
    );
    return BungeeSound.load(context, channels, buffer.sampleRate);
  }

  private constructor(
    context: BaseAudioContext,
    port: BungeePort,
    shape: Pick<BungeeSound, 'channels' | 'frames' | 'sampleRate'>,
    id: number,
  ) {
    this.context = context;
    this.port = port;
    this.channels = shape.channels;
    this.frames = shape.frames;
    this.sampleRate = shape.sampleRate;
    this.id = id;
  }

  /** Seconds. */
  get duration(): number {
    return this.frames / this.sampleRate;
  }

  /** What its sources need of the audio thread. */
  get shape(): StretcherShape {
    return { channels: this.channels, sampleRate: this.sampleRate };
  }

  /** Resolves when so many more sources of it can be made at once without work for the audio thread. */
  prepare(sources: number): Promise<void> {
    return this.port.prepare(this.shape, sources);
  }

  /** Frees its memory once the last source that plays it has ended; new ones cannot be made. */
  release(): void {
    this.port.remove(this.id);
  }
}

const notLoaded = (): DOMException => new DOMException('call loadBungee for this context first', 'InvalidStateError');

async function openSounds(context: BaseAudioContext, { processorUrl, module }: BungeeFiles): Promise<BungeePort> {
  await Promise.all([context.audioWorklet.addModule(processorUrl), compileAhead(module)]);
  const processorOptions: SoundsOptions = { module };
  const node = new AudioWorkletNode(context, processorNames.sounds, { numberOfInputs: 0, processorOptions });
  await new Promise((resolve, reject) => {
    node.onprocessorerror = () => reject(new Error('the stretcher did not start'));
    node.port.onmessage = resolve;
  });
  return new BungeePort(node.port, () => context.state === 'closed');
}
