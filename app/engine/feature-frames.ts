// Reads positions and meters from the engine's feature frames, from any thread, without waiting.
import { clipFeature, engineConstants, featureHeader, timelineFeature } from '../protocol/engine-layout.ts';
import type { TimelinePosition } from './audio-engine.ts';
import { Counters, EngineMemory } from './engine-memory.ts';

/** Where a thread finds the engine; plain data, so that it can be sent to workers. */
export interface EngineAddresses {
  readonly memory: WebAssembly.Memory;
  readonly counters: number;
  readonly features: number;
  readonly featureBytes: number;
  readonly sampleRate: number;
}

/** What a reader of features must know beside the features; the control side sends it to every reader, in order. */
export type FeatureUpdate =
  | { readonly type: 'timeline' | 'clip'; readonly id: string; readonly slot: number | null }
  | { readonly type: 'loop'; readonly id: string; readonly range: FrameRange | null }
  | { readonly type: 'transport'; readonly id: string; readonly transport: TransportChange };

/** Frames at the context's rate from the timeline's zero. */
export interface FrameRange {
  readonly start: number;
  readonly end: number;
}

/** The last transport command: where the timeline was put at a master frame. */
export interface TransportChange {
  readonly playing: boolean;
  readonly frame: number;
  readonly atFrame: number;
}

export interface MasterMeter {
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
}

const { QUANTUM_FRAMES, MAX_TIMELINES } = engineConstants;
/** By then the audio thread has taken a command that was sent at a master frame. */
const settledFrames = 2 * QUANTUM_FRAMES;
const readAttempts = 8;
const silence: MasterMeter = { peak: [0, 0], rms: [0, 0] };

export class FeatureFrames {
  readonly counters: Counters;
  readonly #memory: EngineMemory;
  readonly #addresses: EngineAddresses;
  readonly #timelines = new Map<string, number>();
  readonly #clips = new Map<string, number>();
  readonly #loops = new Map<string, FrameRange>();
  readonly #transports = new Map<string, TransportChange>();

  constructor(addresses: EngineAddresses) {
    this.#addresses = addresses;
    this.#memory = new EngineMemory(addresses.memory);
    this.counters = new Counters(this.#memory, addresses.counters);
  }

  update(update: FeatureUpdate): void {
    if (update.type === 'transport') this.#transports.set(update.id, update.transport);
    else if (update.type === 'loop') set(this.#loops, update.id, update.range);
    else if (update.type === 'clip') set(this.#clips, update.id, update.slot);
    else {
      set(this.#timelines, update.id, update.slot);
      if (update.slot !== null) return;
      this.#loops.delete(update.id);
      this.#transports.delete(update.id);
    }
  }

  /** Where a timeline is when the master clock shows `heardFrame`; by default what the engine renders now. */
  position(timelineId: string, heardFrame = this.counters.read('masterFrame')): TimelinePosition {
    const slot = this.#timelines.get(timelineId);
    if (slot === undefined) return this.#positionOf(false, 0);
    const known = this.#settled(timelineId, slot);
    if (!known.playing) return this.#positionOf(false, known.frame);
    const transport = this.#transports.get(timelineId);
    if (transport && heardFrame < transport.atFrame) return this.#positionOf(true, transport.frame);
    const frame = wrapped(known, heardFrame - known.atFrame, this.#loops.get(timelineId));
    return this.#positionOf(true, Math.max(0, frame));
  }

  master(): MasterMeter {
    return this.#newest(silence, (frame) => {
      const value = (field: 'peakLeft' | 'peakRight' | 'rmsLeft' | 'rmsRight') =>
        this.#memory.read(featureHeader, frame, field);
      return { peak: [value('peakLeft'), value('peakRight')], rms: [value('rmsLeft'), value('rmsRight')] };
    });
  }

  clip(clipId: string): { readonly peak: number; readonly rms: number } | undefined {
    const slot = this.#clips.get(clipId);
    if (slot === undefined) return undefined;
    const offset = featureHeader.size + MAX_TIMELINES * timelineFeature.size + slot * clipFeature.size;
    return this.#newest({ peak: 0, rms: 0 }, (frame) => ({
      peak: this.#memory.read(clipFeature, frame + offset, 'peak'),
      rms: this.#memory.read(clipFeature, frame + offset, 'rms'),
    }));
  }

  /** The feature frame's word on a timeline, or the last command's while the features do not show it yet. */
  #settled(timelineId: string, slot: number): TransportChange & { readonly loops: number } {
    const transport = this.#transports.get(timelineId) ?? { playing: false, frame: 0, atFrame: -settledFrames };
    const commanded = { ...transport, loops: 0 };
    const offset = featureHeader.size + slot * timelineFeature.size;
    const read = this.#newest(commanded, (frame) => ({
      playing: this.#memory.read(timelineFeature, frame + offset, 'playing') === 1,
      frame: this.#memory.read(timelineFeature, frame + offset, 'position'),
      atFrame: this.#memory.read(featureHeader, frame, 'masterFrame'),
      loops: this.#memory.read(timelineFeature, frame + offset, 'loops'),
    }));
    return read.atFrame < transport.atFrame + settledFrames ? commanded : read;
  }

  /** Reads from the newer complete frame; tries again when the audio thread wrote it meanwhile. */
  #newest<Value>(otherwise: Value, read: (frameAddress: number) => Value): Value {
    const { features, featureBytes } = this.#addresses;
    const sequenceOf = (frame: number): number => this.#memory.read(featureHeader, frame, 'sequence') | 0;
    for (let attempt = 0; attempt < readAttempts; attempt++) {
      const [first, second] = [sequenceOf(features), sequenceOf(features + featureBytes)];
      const secondIsNewer = first % 2 !== 0 || (second % 2 === 0 && ((second - first) | 0) > 0);
      const sequence = secondIsNewer ? second : first;
      if (sequence % 2 !== 0) continue;
      const frame = secondIsNewer ? features + featureBytes : features;
      const value = read(frame);
      if (sequenceOf(frame) === sequence) return value;
    }
    return otherwise;
  }

  #positionOf(playing: boolean, frame: number): TimelinePosition {
    return { playing, frame, seconds: frame / this.#addresses.sampleRate };
  }
}

function set<Value>(map: Map<string, Value>, id: string, value: Value | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}

/** Moves a known position by some frames, forwards or backwards, through the loop it runs in. */
function wrapped(known: { frame: number; loops: number }, by: number, loop: FrameRange | undefined): number {
  const frame = known.frame + by;
  if (!loop) return frame;
  const length = loop.end - loop.start;
  if (known.frame < loop.end && frame >= loop.end) return loop.start + ((frame - loop.start) % length);
  if (known.loops > 0 && known.frame >= loop.start && frame < loop.start) {
    return loop.end - ((loop.start - frame - 1) % length) - 1;
  }
  return frame;
}
