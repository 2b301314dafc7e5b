// Reads positions and meters from the engine's shared memory, from any thread, without waiting.
import { clipFeature, featureHeader, timelineState } from '../protocol/engine-layout.ts';
import type { TimelinePosition } from './audio-engine.ts';
import { Counters, EngineMemory } from './engine-memory.ts';
import { positionAt, type TimelineState } from './timeline-position.ts';

/** Where a thread finds the engine; plain data, so that it can be sent to workers. */
export interface EngineAddresses {
  readonly memory: WebAssembly.Memory;
  readonly counters: number;
  readonly features: number;
  readonly featureBytes: number;
  readonly timelineStates: number;
  readonly sampleRate: number;
}

/** What a reader of features must know beside the features; the control side sends it to every reader, in order. */
export type FeatureUpdate =
  | { readonly type: 'timeline' | 'clip'; readonly id: string; readonly slot: number | null }
  | { readonly type: 'transport'; readonly id: string; readonly transport: TransportChange };

/** The last transport command: where the timeline was put at a master frame. */
export interface TransportChange {
  readonly playing: boolean;
  /** At the context's rate from the timeline's zero. */
  readonly frame: number;
  readonly atFrame: number;
}

export interface MasterMeter {
  readonly peak: readonly [number, number];
  readonly rms: readonly [number, number];
}

const readAttempts = 8;
const silence: MasterMeter = { peak: [0, 0], rms: [0, 0] };

export class FeatureFrames {
  readonly counters: Counters;
  readonly #memory: EngineMemory;
  readonly #addresses: EngineAddresses;
  readonly #timelines = new Map<string, number>();
  readonly #clips = new Map<string, number>();
  readonly #transports = new Map<string, TransportChange>();

  constructor(addresses: EngineAddresses) {
    this.#addresses = addresses;
    this.#memory = new EngineMemory(addresses.memory);
    this.counters = new Counters(this.#memory, addresses.counters);
  }

  update(update: FeatureUpdate): void {
    if (update.type === 'transport') this.#transports.set(update.id, update.transport);
    else if (update.type === 'clip') set(this.#clips, update.id, update.slot);
    else {
      set(this.#timelines, update.id, update.slot);
      if (update.slot === null) this.#transports.delete(update.id);
    }
  }

  /** Where a timeline is when the master clock shows `heardFrame`; by default what the engine renders now. */
  position(timelineId: string, heardFrame = this.counters.read('masterFrame')): TimelinePosition {
    const slot = this.#timelines.get(timelineId);
    const { playing, frame } =
      slot === undefined
        ? { playing: false, frame: 0 }
        : positionAt(
            this.#stateOf(slot),
            this.#transports.get(timelineId),
            heardFrame,
            this.counters.read('masterFrame'),
          );
    return { playing, frame, seconds: frame / this.#addresses.sampleRate };
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
    const offset = featureHeader.size + slot * clipFeature.size;
    return this.#newest({ peak: 0, rms: 0 }, (frame) => ({
      peak: this.#memory.read(clipFeature, frame + offset, 'peak'),
      rms: this.#memory.read(clipFeature, frame + offset, 'rms'),
    }));
  }

  /** What the audio thread says of a timeline; reads again when it said something new meanwhile. */
  #stateOf(slot: number): TimelineState {
    const address = this.#addresses.timelineStates + slot * timelineState.size;
    const read = (field: keyof typeof timelineState.fields): number => this.#memory.read(timelineState, address, field);
    const readAll = (): TimelineState => ({
      playing: read('playing') === 1,
      wasPlaying: read('wasPlaying') === 1,
      movedAt: read('movedAt'),
      movedFrom: read('movedFrom'),
      movedTo: read('movedTo'),
    });
    for (let attempt = 0; attempt < readAttempts; attempt++) {
      const sequence = read('sequence');
      const state = readAll();
      if (sequence % 2 === 0 && read('sequence') === sequence) return state;
    }
    return readAll();
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
}

function set<Value>(map: Map<string, Value>, id: string, value: Value | null): void {
  if (value === null) map.delete(id);
  else map.set(id, value);
}
