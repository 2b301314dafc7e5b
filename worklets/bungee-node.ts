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
import type { GrainStretcher } from '../app/stretch/grain-stretcher.ts';
import type { LiveStretcher } from '../app/stretch/live-stretcher.ts';
import { type PlayedSound, SoundPlayer } from '../app/stretch/sound-player.ts';
import { instantiateStretch } from '../app/stretch/stretch-module.ts';
import { StretcherPool } from '../app/stretch/stretcher-pool.ts';

type Parameters = Record<string, Float32Array>;

/** Browsers that let a context choose the length of its quanta tell it. */
const quantumFrames = (globalThis as { readonly renderQuantumSize?: number }).renderQuantumSize ?? 128;
const perQuantum = { automationRate: 'k-rate' } as const;
const pitchParameter = { name: 'pitch', ...ranges.pitch, ...perQuantum } as const;

/** Steps of this size spread any number of players over a turn. */
const goldenTurn = (Math.sqrt(5) - 1) / 2;
/** A source that is later than this begins anew instead of making what it has missed. */
const mostMissedSeconds = 0.25;
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
  const ended = [...sources].filter(([, source]) => source.ended).map(([id]) => id);
  for (const id of ended) {
    sources.get(id)?.release();
    sources.delete(id);
  }
  return ended;
}

class SourceProcessor extends AudioWorkletProcessor {
  static readonly parameterDescriptors = [
    pitchParameter,
    { name: 'speed', ...ranges.speed, ...perQuantum },
    { name: 'position', defaultValue: 0, ...perQuantum },
  ];

  readonly #sound: PlayedSound;
  readonly #stretcher: GrainStretcher;
  readonly #player: SoundPlayer;
  #state: 'idle' | 'waiting' | 'playing' | 'ended' = 'idle';
  /** Of the context; -1: with the next quantum. */
  #startFrame = -1;
  #stopFrame = Number.POSITIVE_INFINITY;
  #late = false;
  /** Frames of the output that should have sounded and have not been made yet. */
  #missed = 0;
  /** Frames of the sound. */
  #offset = 0;
  #left = 0;
  /** What the player was told last. */
  #speed = 1;
  #pitch = 0;
  #position = 0;

  /** Makes all that `process` needs, which must not allocate. */
  constructor({ processorOptions: { id, soundId, formants } }: { processorOptions: SourceOptions }) {
    super();
    const sound = sounds.get(soundId);
    if (!sound) throw new Error('the sound is not loaded');
    this.#sound = sound;
    this.#stretcher = stretchers().grain(sound.channels.length, sound.sampleRate);
    this.#stretcher.keepFormants(formants);
    turn = (turn + goldenTurn) % 1;
    this.#player = new SoundPlayer(this.#stretcher, sound, sampleRate, turn);
    this.port.onmessage = ({ data }: MessageEvent<ToSource>) => this.#hear(data);
    sources.set(id, this);
  }

  get ended(): boolean {
    return this.#state === 'ended';
  }

  /** Gives back what it was made with. */
  release(): void {
    stretchers().release(this.#stretcher, this.#sound.sampleRate);
  }

  /** Tells nobody that it has ended: the page asks. */
  process(_inputs: Float32Array[][], outputs: Float32Array[][], parameters: Parameters): boolean {
    const output = outputs[0];
    const overdue = currentFrame - this.#stopFrame;
    const sounds = this.#state === 'playing' && this.#missed === 0;
    if (overdue === 0 || (overdue > 0 && !sounds)) this.#state = 'ended';
    if (this.#state === 'ended') return false;
    if (!output || this.#state === 'idle') return true;
    const frames = output[0]?.length ?? quantumFrames;
    // What was prepared holds only as long as the parameters do.
    if (this.#read(parameters) && this.#state === 'waiting') this.#player.begin(this.#offset, this.#left);
    if (this.#state === 'waiting') {
      if (this.#startFrame >= currentFrame + frames) {
        this.#player.prepare((this.#startFrame - currentFrame) / frames);
        return true;
      }
      this.#begin();
    }
    if (this.#missed > 0 && !this.#catchUp(frames)) return true;
    const to = overdue > 0 ? frames : Math.min(frames, this.#stopFrame - currentFrame);
    const end = this.#player.render(output, Math.max(0, this.#startFrame - currentFrame), to);
    if (this.#late) fade(output, 0, 1);
    this.#late = false;
    if (overdue > 0) fade(output, 1, 0);
    if (end < frames || overdue > 0) this.#state = 'ended';
    else this.#player.keepUp(frames);
    return true;
  }

  /** Hands the parameters on; returns whether they are not what they were. */
  #read(parameters: Parameters): boolean {
    const semitones = parameters.pitch?.[0] ?? 0;
    const times = parameters.speed?.[0] ?? 1;
    const seconds = parameters.position?.[0] ?? 0;
    const changed = semitones !== this.#pitch || times !== this.#speed || seconds !== this.#position;
    this.#pitch = semitones;
    this.#speed = times;
    this.#position = seconds;
    if (changed) this.#player.set(times, semitones, seconds * this.#sound.sampleRate);
    return changed;
  }

  /** What comes late goes on where it would be by now; with the samples it would have, unless it is too late for that. */
  #begin(): void {
    this.#state = 'playing';
    const late = this.#startFrame < 0 ? 0 : currentFrame - this.#startFrame;
    if (late <= 0) return;
    this.#late = true;
    if (late <= mostMissedSeconds * sampleRate) {
      this.#missed = late;
      return;
    }
    const missed = (late * this.#speed * this.#sound.sampleRate) / sampleRate;
    this.#player.begin(this.#offset + missed, this.#left - Math.abs(missed));
  }

  /** Makes a part of what was missed, in silence; returns whether this quantum can be heard. */
  #catchUp(frames: number): boolean {
    const left = this.#player.skip(this.#missed);
    if (left < 0) this.#state = 'ended';
    this.#missed = left > 0 ? left + frames : 0;
    return left === 0;
  }

  #hear(message: ToSource): void {
    if (message.type === 'settle') this.#tell({ type: 'settled', id: message.id });
    else if (message.type === 'stop') this.#stopFrame = message.atFrame;
    else if (this.#state === 'idle') {
      this.#startFrame = message.atFrame ?? -1;
      this.#offset = Math.round(message.offset * this.#sound.sampleRate);
      this.#left = message.duration * this.#sound.sampleRate;
      this.#player.begin(this.#offset, this.#left);
      this.#state = 'waiting';
    }
  }

  #tell(message: FromSource): void {
    this.port.postMessage(message);
  }
}

/** Over one quantum, of what is entered or left in its middle. */
function fade(output: Float32Array[], from: number, to: number): void {
  for (let channel = 0; channel < output.length; channel++) {
    const samples = output[channel] as Float32Array;
    for (let frame = 0; frame < samples.length; frame++)
      samples[frame] = (samples[frame] as number) * (from + ((to - from) * frame) / samples.length);
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
