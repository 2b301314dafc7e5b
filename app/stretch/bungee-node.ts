// Nodes that stretch time and shift pitch: an effect on what comes in, and a source that plays a sound.
import {
  type EffectOptions,
  type FromEffect,
  type FromSource,
  processorNames,
  ranges,
  type SourceOptions,
  type ToEffect,
  type ToSource,
} from './bungee-messages.ts';
import type { BungeeSound } from './bungee-sounds.ts';

export interface BungeeNodeOptions {
  /** 1 to 32; default 2. The input is mixed up or down to as many. */
  readonly channels?: number;
  /** Semitones; default 0. */
  readonly pitch?: number;
  /** Semitones, -24 to 24; default -12. The pitch goes no lower; the lower, the later the output. */
  readonly lowestPitch?: number;
  /** true: a voice keeps its resonances, and so its character, whatever the pitch. Default false. */
  readonly formants?: boolean;
}

export interface BungeeSourceOptions {
  readonly sound: BungeeSound;
  /** Semitones; default 0. */
  readonly pitch?: number;
  /** Times the natural one; default 1. */
  readonly speed?: number;
  /** true: a voice keeps its resonances, and so its character, whatever the pitch. Default false. */
  readonly formants?: boolean;
  /**
   * A source of the same sound. Where that is still under way when this one starts, this one is the same sound going on: without a
   * beginning of its own, and bit for bit where the place is the same too. This one's speed and pitch hold for both from then on.
   */
  readonly continues?: BungeeSourceNode;
  /** Seconds of the sound by which the other one may be elsewhere; then this one goes over to its place within some 40 ms. Default 0. */
  readonly within?: number;
}

/** Shifts the pitch of what comes in, as long as it comes. */
export class BungeeNode extends AudioWorkletNode {
  /** Semitones, -24 to 24. */
  readonly pitch: AudioParam;
  readonly #settling: Settling;
  #latency = 0;

  /** @throws DOMException InvalidStateError before `loadBungee` */
  constructor(context: BaseAudioContext, options: BungeeNodeOptions = {}) {
    const { channels = 2, pitch = ranges.pitch.defaultValue, lowestPitch = -12, formants = false } = options;
    const { minValue, maxValue } = ranges.pitch;
    if (!Number.isInteger(channels) || channels < 1 || channels > 32)
      throw new RangeError(`${channels} is not a number of channels from 1 to 32`);
    const lowest = Math.min(maxValue, Math.max(minValue, lowestPitch));
    const processorOptions: EffectOptions = { channels, lowestPitch: lowest, formants };
    super(context, processorNames.effect, {
      ...{ channelCount: channels, channelCountMode: 'explicit', outputChannelCount: [channels] },
      ...{ parameterData: { pitch }, processorOptions },
    });
    this.pitch = parameterOf(this, 'pitch');
    this.#settling = new Settling((id) => this.#tell({ type: 'settle', id }));
    this.port.onmessage = ({ data }: MessageEvent<FromEffect>) => {
      if (data.type === 'settled') this.#settling.settled(data.id);
      else this.#latency = data.frames / context.sampleRate;
    };
  }

  /** Seconds by which the output is behind the input, whatever the pitch; 0 until it has `settled`. */
  get latency(): number {
    return this.#latency;
  }

  /** Resolves when the audio thread has it. */
  settled(): Promise<void> {
    return this.#settling.ask();
  }

  /** Ends it for good; without this it lives as long as its context. */
  end(): void {
    this.#tell({ type: 'end' });
    this.disconnect();
  }

  #tell(message: ToEffect): void {
    this.port.postMessage(message);
  }
}

/** Plays a sound, once, at any speed and pitch, which may change as it plays. */
export class BungeeSourceNode extends AudioWorkletNode {
  /** Semitones, -24 to 24. */
  readonly pitch: AudioParam;
  /** Times the natural one, -64 to 64: 0 stands still, negative goes backwards. */
  readonly speed: AudioParam;
  /** Seconds added to where it plays; moved at speed 0 it is the hand on the record. */
  readonly position: AudioParam;
  readonly sound: BungeeSound;
  onended: ((event: Event) => void) | null = null;
  readonly #settling: Settling;
  readonly #id: number;
  #started = false;

  /** @throws DOMException InvalidStateError, or InvalidAccessError for a sound of another context */
  constructor(context: BaseAudioContext, options: BungeeSourceOptions) {
    const { sound, pitch, speed, formants = false, continues, within = 0 } = options;
    if (sound.context !== context) throw new DOMException('the sound is another context’s', 'InvalidAccessError');
    const id = sound.port.take(sound.shape);
    const processorOptions: SourceOptions = {
      ...{ id, soundId: sound.id, formants },
      continues: continues && { id: continues.#id, within },
    };
    super(context, processorNames.source, {
      ...{ numberOfInputs: 0, outputChannelCount: [sound.channels], processorOptions },
      parameterData: {
        pitch: pitch ?? ranges.pitch.defaultValue,
        speed: speed ?? ranges.speed.defaultValue,
      },
    });
    this.#id = id;
    this.sound = sound;
    this.pitch = parameterOf(this, 'pitch');
    this.speed = parameterOf(this, 'speed');
    this.position = parameterOf(this, 'position');
    this.#settling = new Settling((id) => this.#tell({ type: 'settle', id }));
    this.port.onmessage = ({ data }: MessageEvent<FromSource>) => this.#settling.settled(data.id);
  }

  /**
   * Plays from `offset` on, which is heard at `when`, on the nearest frame, at full level.
   * @param when context time in seconds; 0 is now. Where it is past when the audio thread hears of it, it fades in at the place
   *   where it would be by then
   * @param offset seconds of the sound
   * @param duration seconds of the sound, however long they take; without it, it plays to the end of the sound, or backwards
   *   to its beginning
   * @throws DOMException InvalidStateError when it has been started; RangeError for what is not a time
   */
  start(when = 0, offset = 0, duration = Number.POSITIVE_INFINITY): void {
    if (this.#started) throw new DOMException('a source plays once', 'InvalidStateError');
    if (!(when >= 0 && Number.isFinite(offset) && duration >= 0))
      throw new RangeError(`no start at ${when} from ${offset} for ${duration} seconds`);
    this.#started = true;
    const at = when > 0 ? { atFrame: Math.round(when * this.context.sampleRate) } : {};
    this.#tell({ type: 'start', ...at, offset, duration });
    this.sound.port.watch(this.#id, () => {
      const event = new Event('ended');
      this.onended?.(event);
      this.dispatchEvent(event);
    });
  }

  /**
   * Ends it at a context time; what is past is now, and fades out within a quantum.
   * @throws DOMException InvalidStateError before it was started; RangeError for what is not a time
   */
  stop(when = 0): void {
    if (!this.#started) throw new DOMException('start it first', 'InvalidStateError');
    if (!(when >= 0)) throw new RangeError(`no stop at ${when}`);
    this.#tell({ type: 'stop', atFrame: Math.round(when * this.context.sampleRate) });
  }

  /** Resolves when the audio thread has heard all that was said; to be waited for before an offline context renders. */
  settled(): Promise<void> {
    return this.#settling.ask();
  }

  #tell(message: ToSource): void {
    this.port.postMessage(message);
  }
}

/** Questions to the audio thread that wait for their answer. */
class Settling {
  readonly #ask: (id: number) => void;
  readonly #waiting = new Map<number, () => void>();
  #asked = 0;

  constructor(ask: (id: number) => void) {
    this.#ask = ask;
  }

  ask(): Promise<void> {
    const id = ++this.#asked;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#ask(id);
    });
  }

  settled(id: number): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }
}

function parameterOf(node: AudioWorkletNode, name: string): AudioParam {
  const parameter = node.parameters.get(name);
  if (!parameter) throw new DOMException(`no parameter ${name}`, 'NotFoundError');
  return parameter;
}
