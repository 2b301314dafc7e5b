// Sounds in a context’s audio thread: handed over once, played by any number of sources.
import { type FromSounds, processorNames, type SoundsOptions, type ToSounds } from './bungee-messages.ts';

export interface BungeeFiles {
  /** The built worklets/bungee-node.ts: one self-contained file. */
  readonly processorUrl: string | URL;
  /** build/stretch.wasm. */
  readonly module: WebAssembly.Module;
}

const loading = new WeakMap<BaseAudioContext, Promise<SoundsPort>>();
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
  readonly #port: SoundsPort;

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
    return new BungeeSound(context, port, shape, await port.add(channels, sampleRate));
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
    port: SoundsPort,
    shape: Pick<BungeeSound, 'channels' | 'frames' | 'sampleRate'>,
    id: number,
  ) {
    this.context = context;
    this.#port = port;
    this.channels = shape.channels;
    this.frames = shape.frames;
    this.sampleRate = shape.sampleRate;
    this.id = id;
  }

  /** Seconds. */
  get duration(): number {
    return this.frames / this.sampleRate;
  }

  /** Frees its memory once the last source that plays it has ended; new ones cannot be made. */
  release(): void {
    this.#port.remove(this.id);
  }
}

export const notLoaded = (): DOMException =>
  new DOMException('call loadBungee for this context first', 'InvalidStateError');

/** The line to the processor that holds the sounds. */
class SoundsPort {
  readonly #node: AudioWorkletNode;
  readonly #waiting = new Map<number, () => void>();
  #sounds = 0;

  constructor(node: AudioWorkletNode) {
    this.#node = node;
    node.port.onmessage = ({ data }: MessageEvent<FromSounds>) => {
      if (data.type !== 'added') return;
      this.#waiting.get(data.id)?.();
      this.#waiting.delete(data.id);
    };
  }

  add(channels: readonly Float32Array<ArrayBuffer>[], sampleRate: number): Promise<number> {
    const id = ++this.#sounds;
    this.#tell(
      { type: 'add', id, channels, sampleRate },
      channels.map(({ buffer }) => buffer),
    );
    return new Promise((resolve) => this.#waiting.set(id, () => resolve(id)));
  }

  remove(id: number): void {
    this.#tell({ type: 'remove', id });
  }

  #tell(message: ToSounds, transfer: Transferable[] = []): void {
    this.#node.port.postMessage(message, transfer);
  }
}

async function openSounds(context: BaseAudioContext, { processorUrl, module }: BungeeFiles): Promise<SoundsPort> {
  await context.audioWorklet.addModule(processorUrl);
  const processorOptions: SoundsOptions = { module };
  const node = new AudioWorkletNode(context, processorNames.sounds, { numberOfInputs: 0, processorOptions });
  await new Promise((resolve, reject) => {
    node.onprocessorerror = () => reject(new Error('the stretcher did not start'));
    node.port.onmessage = resolve;
  });
  return new SoundsPort(node);
}
