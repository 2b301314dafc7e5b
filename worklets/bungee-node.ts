// The audio thread of BungeeNode: one instance of the stretcher's module, the sounds, and a processor per node.
import {
  type EffectOptions,
  type FromEffect,
  type FromSounds,
  type FromSource,
  processorNames,
  ranges,
  type SoundsOptions,
  type SourceOptions,
  type StretcherShape,
  type ToEffect,
  type ToSounds,
  type ToSource,
} from '../app/stretch/bungee-messages.ts';
import type { LiveStretcher } from '../app/stretch/live-stretcher.ts';
import type { PlayedSound } from '../app/stretch/sound-player.ts';
import { SoundRun } from '../app/stretch/sound-run.ts';
import { SourceVoice } from '../app/stretch/source-voice.ts';
import { instantiateStretch } from '../app/stretch/stretch-module.ts';
import { StretcherPool } from '../app/stretch/stretcher-pool.ts';

type Parameters = Record<string, Float32Array>;

/** Browsers that let a context choose the length of its quanta tell it. */
const quantumFrames = (globalThis as { readonly renderQuantumSize?: number }).renderQuantumSize ?? 128;
const perQuantum = { automationRate: 'k-rate' } as const;
const pitchParameter = { name: 'pitch', ...ranges.pitch, ...perQuantum } as const;

/** Steps of this size spread any number of players over a turn. */
const goldenTurn = (Math.sqrt(5) - 1) / 2;
let turn = 0;
let pool: StretcherPool | undefined;
const sounds = new Map<number, PlayedSound>();
/** Those whose stretchers are in use. */
const sources = new Map<number, SourceProcessor>();

function stretchers(): StretcherPool {
  if (!pool) throw new Error('the stretcher is not loaded');
  return pool;
}

/** Holds the sounds, which any number of sources play, and the stretchers; what allocates happens here, between the callbacks. */
class SoundsProcessor extends AudioWorkletProcessor {
  constructor({ processorOptions }: { processorOptions: SoundsOptions }) {
    super();
    pool ??= new StretcherPool(instantiateStretch(processorOptions.module));
    this.port.onmessage = ({ data }: MessageEvent<ToSounds>) => this.#hear(data);
    this.#tell({ type: 'ready' });
  }

  process(): boolean {
    return true;
  }

  #hear(message: ToSounds): void {
    switch (message.type) {
      case 'add': {
        const { id, channels, sampleRate: rate } = message;
        sounds.set(id, { channels, frames: channels[0]?.length ?? 0, sampleRate: rate });
        this.#tell({ type: 'added', id });
        break;
      }
      case 'remove':
        sounds.delete(message.id);
        break;
      case 'prepare':
        this.#tell({ type: 'prepared', made: prepare(message.shape) });
        break;
      case 'collect':
        this.#tell({ type: 'collected', ended: collect() });
        break;
    }
  }

  #tell(message: FromSounds): void {
    this.port.postMessage(message);
  }
}

/** Whether there was memory for it. */
function prepare({ channels, sampleRate: rate }: StretcherShape): boolean {
  try {
    stretchers().prepare(channels, rate);
    return true;
  } catch {
    return false;
  }
}

/** Takes the stretchers back from sources that have ended, and returns which those are. */
function collect(): number[] {
  const ended = [...sources].filter(([, { voice }]) => voice.ended).map(([id]) => id);
  for (const { voice } of sources.values()) voice.giveBack(free);
  for (const id of ended) sources.delete(id);
  return ended;
}

const free = ({ stretcher, sound }: SoundRun): void => stretchers().release(stretcher, sound.sampleRate);

class SourceProcessor extends AudioWorkletProcessor {
  static readonly parameterDescriptors = [
    pitchParameter,
    { name: 'speed', ...ranges.speed, ...perQuantum },
    { name: 'position', defaultValue: 0, ...perQuantum },
  ];

  readonly voice: SourceVoice;

  /** Makes all that `process` needs, which must not allocate. */
  constructor({ processorOptions: { id, soundId, formants, continues } }: { processorOptions: SourceOptions }) {
    super();
    const sound = sounds.get(soundId);
    if (!sound) throw new Error('the sound is not loaded');
    const stretcher = stretchers().grain(sound.channels.length, sound.sampleRate);
    stretcher.keepFormants(formants);
    turn = (turn + goldenTurn) % 1;
    const output = { sampleRate, quantumFrames };
    this.voice = new SourceVoice(new SoundRun(stretcher, sound, { ...output, turn }), output, formants);
    const before = continues && sources.get(continues.id);
    if (before) this.voice.goOnFrom(before.voice, continues.within * sound.sampleRate);
    this.port.onmessage = ({ data }: MessageEvent<ToSource>) => this.#hear(data);
    sources.set(id, this);
  }

  /** Tells nobody that it has ended: the page asks. */
  process(_inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean {
    this.voice.set(parameters.speed?.[0] ?? 1, parameters.pitch?.[0] ?? 0, parameters.position?.[0] ?? 0);
    return this.voice.process(currentFrame, outputs[0]);
  }

  #hear(message: ToSource): void {
    if (message.type === 'settle') this.#tell({ type: 'settled', id: message.id });
    else if (message.type === 'stop') this.voice.stop(message.atFrame);
    else this.voice.start(message.atFrame, message.offset, message.duration);
  }

  #tell(message: FromSource): void {
    this.port.postMessage(message);
  }
}

class EffectProcessor extends AudioWorkletProcessor {
  static readonly parameterDescriptors = [pitchParameter];

  readonly #live: LiveStretcher;
  #ended = false;

  constructor({ processorOptions }: { processorOptions: EffectOptions }) {
    super();
    const { channels, lowestPitch, formants } = processorOptions;
    this.#live = stretchers().live(channels, sampleRate, quantumFrames, 2 ** (lowestPitch / 12));
    this.#live.keepFormants(formants);
    this.port.onmessage = ({ data }: MessageEvent<ToEffect>) => {
      if (data.type === 'settle') this.#tell({ type: 'settled', id: data.id });
      else if (!this.#ended) {
        this.#ended = true;
        stretchers().end(this.#live);
      }
    };
    this.#tell({ type: 'delay', frames: this.#live.delay });
  }

  process(inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean {
    if (this.#ended) return false;
    const input = inputs[0];
    const output = outputs[0];
    if (input && output) this.#live.process(input, output, 2 ** ((parameters.pitch?.[0] ?? 0) / 12));
    return true;
  }

  #tell(message: FromEffect): void {
    this.port.postMessage(message);
  }
}

registerProcessor(processorNames.sounds, SoundsProcessor);
registerProcessor(processorNames.source, SourceProcessor);
registerProcessor(processorNames.effect, EffectProcessor);
