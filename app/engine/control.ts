// The control side of the WASM engine: what the session drives, and what offline renders drive in the same way.

import type { Disposer } from '../core/disposer.ts';
import { engineConstants, pageRequest } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { Retiming } from '../session/types.ts';
import type { EngineBackend, EngineDelta, TimelinePosition, TriggerFired } from './audio-engine.ts';
import { Dragging } from './dragging.ts';
import { type Counters, EngineMemory } from './engine-memory.ts';
import { EngineModel } from './engine-model.ts';
import { type EngineExports, instantiateControl } from './engine-module.ts';
import { requireTaken } from './engine-status.ts';
import { type EngineAddresses, FeatureFrames, type FeatureUpdate } from './feature-frames.ts';
import { type PagerScratch, pageBytes, pagerRequests } from './pager.ts';
import { waitForPlace } from './prime-wait.ts';
import { type OutputRecording, recordTap } from './tap.ts';

const primeMilliseconds = 250;
/** From a new tempo to the frame on which it takes effect: 43 ms at 48 kHz. */
export const retimingFrames = 16 * engineConstants.QUANTUM_FRAMES;
const stackBytes = 131_072;
const mebibyte = 1_048_576;
/** 64 KiB of float32. */
const blocksPerMebibyte = mebibyte / (engineConstants.PAGE_FRAMES * 4);

/** What the control side tells the owner of the disk. */
export type PagerMessage =
  | { readonly type: 'open'; readonly slot: number; readonly hash: string; readonly scratch: PagerScratch }
  | { readonly type: 'close'; readonly slot: number };

export interface EngineControlOptions {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Hz, 8000 to 192000; the context's. */
  readonly sampleRate: number;
  /** EngineFlags. */
  readonly flags?: number;
  /** MiB of audio pages to begin with and at most. */
  readonly initialPool?: number;
  readonly largestPool?: number;
  /** Answer a `close` by `fileClosed(slot)` once no page of it can be filled any more. */
  readonly onPager: (message: PagerMessage) => void;
  /** Told at once, and of all that one `apply` brings together. */
  readonly onFeatures?: (updates: readonly FeatureUpdate[]) => void;
}

export class EngineControl implements EngineBackend {
  readonly name = 'wasm';
  readonly exports: EngineExports;
  readonly memory: EngineMemory;
  readonly counters: Counters;
  readonly addresses: EngineAddresses;
  readonly #options: EngineControlOptions;
  readonly #model: EngineModel;
  readonly #dragging: Dragging;
  readonly #features: FeatureFrames;
  readonly #largestBlocks: number;
  /** Counts each timeline's transport commands: what waited for pages gives way to what came after it. */
  readonly #intents = new Map<string, number>();
  readonly #triggerListeners = new Set<(fired: TriggerFired) => void>();
  /** Master frame at which everything that was applied for a new tempo takes effect. */
  #together = 0;
  /** Master frame at which each timeline last went over to a new tempo. */
  readonly #landing = new Map<string, number>();
  /** What features have become while deltas are being applied. */
  #gathered: FeatureUpdate[] | undefined;
  #scratch: PagerScratch;
  #pagesWanted = 0;
  #recording = false;

  /** @throws AtomeError ERR_ENGINE_START */
  constructor(options: EngineControlOptions) {
    const { module, memory, sampleRate, flags = 0, initialPool = 16, largestPool = 192 } = options;
    this.#options = options;
    this.#largestBlocks = largestPool * blocksPerMebibyte;
    this.exports = instantiateControl(module, memory);
    const status = this.exports.atome_audio_init(sampleRate, initialPool * blocksPerMebibyte, flags);
    if (status < 0) throw new AtomeError('ERR_ENGINE_START', `status ${status}`);
    this.memory = new EngineMemory(memory);
    this.addresses = {
      memory,
      sampleRate,
      counters: this.exports.atome_audio_counters(),
      features: this.exports.atome_audio_features(),
      featureBytes: this.exports.atome_audio_feature_bytes(),
      timelineStates: this.exports.atome_audio_timeline_states(),
    };
    this.#features = new FeatureFrames(this.addresses);
    this.counters = this.#features.counters;
    this.#scratch = { requests: this.allocate(pagerRequests * pageRequest.size), bytes: 0, size: 0 };
    this.#growScratch(2);
    this.#model = new EngineModel(this.exports, this.memory, sampleRate, {
      openFile: (slot, hash, channels) => {
        this.#growScratch(channels);
        options.onPager({ type: 'open', slot, hash, scratch: this.#scratch });
      },
      closeFile: (slot) => options.onPager({ type: 'close', slot }),
      feature: (update) => this.#feature(update),
    });
    this.#dragging = new Dragging(this.exports, this.#model, (id, frame) => this.#transport(id, false, frame));
  }

  get scratch(): PagerScratch {
    return this.#scratch;
  }

  /** A stack for one more instance; returns its top. @throws AtomeError ERR_ENGINE_LIMIT */
  createStack(): number {
    return requireAddress(this.exports.atome_audio_create_stack(stackBytes));
  }

  /** Memory of the engine for the caller's own use. @throws AtomeError ERR_ENGINE_LIMIT */
  allocate(bytes: number): number {
    return requireAddress(this.exports.atome_audio_allocate(bytes));
  }

  async apply(deltas: readonly EngineDelta[]): Promise<void> {
    for (const delta of deltas) if (delta.type === 'removeTimeline') this.#dragging.letGo(delta.timelineId);
    const now = this.counters.read('masterFrame');
    const together = this.#together > now ? this.#together : 0;
    const updates: FeatureUpdate[] = [];
    this.#gathered = updates;
    try {
      this.#model.apply(deltas, () => now + 2 * engineConstants.QUANTUM_FRAMES, together);
    } finally {
      this.#gathered = undefined;
      if (updates.length > 0) this.#options.onFeatures?.(updates);
    }
    this.#wakePager();
  }

  async play(timelineId: string, seconds: number): Promise<void> {
    const frame = this.#frameOf(seconds);
    const slot = this.#model.timeline(timelineId);
    if (!(await this.#prime(timelineId, slot, frame))) return;
    this.startAt(timelineId, frame);
  }

  /** Plays from a frame with the next quantum, whatever is resident. */
  startAt(timelineId: string, frame: number): void {
    requireTaken(this.#dragging.letGo(timelineId));
    requireTaken(this.exports.atome_audio_play(this.#model.timeline(timelineId), frame, this.#soonest(timelineId)));
    this.#transport(timelineId, true, frame);
  }

  async stop(timelineId: string): Promise<void> {
    this.#intend(timelineId);
    const { frame } = this.position(timelineId);
    requireTaken(this.exports.atome_audio_stop(this.#model.timeline(timelineId), this.#soonest(timelineId)));
    this.#transport(timelineId, false, frame);
  }

  async seek(timelineId: string, seconds: number): Promise<void> {
    const frame = this.#frameOf(seconds);
    const slot = this.#model.timeline(timelineId);
    requireTaken(this.#dragging.letGo(timelineId));
    const { playing } = this.position(timelineId);
    if (playing && !(await this.#prime(timelineId, slot, frame))) return;
    if (!playing) this.exports.atome_audio_prime(slot, frame);
    requireTaken(this.exports.atome_audio_seek(slot, frame, this.#soonest(timelineId)));
    this.#transport(timelineId, playing, frame);
  }

  async scrub(timelineId: string, seconds: number | null): Promise<void> {
    if (seconds === null) return requireTaken(this.#dragging.letGo(timelineId));
    this.#intend(timelineId);
    const left = this.#dragging.drag(timelineId, this.#frameOf(seconds));
    this.#wakePager();
    requireTaken(left);
  }

  /** Late enough for what the session makes of a tempo to arrive and its pages with it, too early to be noticed. */
  retime(timelineId: string): Retiming {
    const now = this.counters.read('masterFrame');
    const { playing, seconds, frame } = this.#features.position(timelineId, now);
    if (!playing) return { seconds, land: (to) => this.seek(timelineId, to) };
    const isPending = this.#together > now;
    if (!isPending) this.#together = now + retimingFrames;
    const atFrame = this.#together;
    // While a landing is awaited the position is already its place.
    const ahead = isPending && this.#landing.get(timelineId) === atFrame ? 0 : atFrame - now;
    return {
      seconds: (frame + ahead) / this.addresses.sampleRate,
      land: async (to) => this.#land(timelineId, this.#frameOf(to), atFrame),
    };
  }

  position(timelineId: string): TimelinePosition {
    return this.#features.position(timelineId);
  }

  async setMasterGain(gain: number): Promise<void> {
    await this.apply([{ type: 'masterGain', gain }]);
  }

  async panic(): Promise<void> {
    this.#dragging.letGo();
    for (const id of this.#model.timelineIds()) {
      this.#intend(id);
      this.#transport(id, false, this.position(id).frame);
    }
    requireTaken(this.exports.atome_audio_panic());
  }

  onTrigger(listener: (fired: TriggerFired) => void): Disposer {
    const own = (fired: TriggerFired): void => listener(fired);
    this.#triggerListeners.add(own);
    return () => this.#triggerListeners.delete(own);
  }

  /**
   * Records the next `frames` frames of the master output as it is rendered.
   * @throws AtomeError ERR_RENDER, also while another recording is under way
   */
  async recordOutput(frames: number, atFrame = 0): Promise<OutputRecording> {
    if (this.#recording) throw new AtomeError('ERR_RENDER', 'another recording is under way');
    this.#recording = true;
    try {
      return await recordTap(this.exports, this.memory, this.counters, frames, atFrame, this.addresses.sampleRate);
    } finally {
      this.#recording = false;
    }
  }

  /** The owner of the disk has let go of a file's slot. */
  fileClosed(slot: number): void {
    this.#model.fileClosed(slot);
  }

  /**
   * Frees what the other threads no longer see, grows the pool where the pager lacked room and tells what has fired. Call
   * every 20 ms.
   */
  collect(): void {
    this.exports.atome_audio_collect();
    if (this.counters.read('retired') === 0) this.#model.drained();
    this.#growPool();
    for (const fired of this.#model.takeFired()) for (const tell of this.#triggerListeners) tell(fired);
  }

  /** Ends the engine. The audio and disk instances must have ended before. */
  shutdown(): void {
    this.exports.atome_audio_shutdown();
  }

  /** Waits for the pages at a place; false when a later command has replaced this one meanwhile. */
  async #prime(timelineId: string, slot: number, frame: number): Promise<boolean> {
    const intent = this.#intend(timelineId);
    this.exports.atome_audio_prime(slot, frame);
    this.#wakePager();
    await waitForPlace(this.counters, () => this.exports.atome_audio_is_primed(slot), primeMilliseconds);
    return this.#intents.get(timelineId) === intent;
  }

  #land(timelineId: string, place: number, atFrame: number): void {
    this.#intend(timelineId);
    // On a machine that stalls the frame may have passed: the playhead lands where it would be by now.
    const frame = place + Math.max(0, this.counters.read('masterFrame') - atFrame);
    requireTaken(this.exports.atome_audio_land(this.#model.timeline(timelineId), frame, atFrame));
    this.#landing.set(timelineId, atFrame);
    this.#feature({ type: 'transport', id: timelineId, transport: { playing: true, frame, atFrame } });
    this.#wakePager();
  }

  /** When a command may take effect without being overtaken by a landing: at once (0), or right after it. */
  #soonest(timelineId: string): number {
    const landing = this.#landing.get(timelineId) ?? 0;
    return landing > this.counters.read('masterFrame') ? landing : 0;
  }

  #intend(timelineId: string): number {
    const intent = (this.#intents.get(timelineId) ?? 0) + 1;
    this.#intents.set(timelineId, intent);
    return intent;
  }

  #transport(id: string, playing: boolean, frame: number): void {
    const atFrame = this.counters.read('masterFrame');
    this.#feature({ type: 'transport', id, transport: { playing, frame, atFrame } });
  }

  #feature(update: FeatureUpdate): void {
    this.#features.update(update);
    if (this.#gathered) this.#gathered.push(update);
    else this.#options.onFeatures?.([update]);
  }

  #wakePager(): void {
    this.counters.add('pagerSignal', 1);
  }

  #growPool(): void {
    const wanted = this.counters.read('pagesWanted');
    const lacking = (wanted - this.#pagesWanted) >>> 0;
    this.#pagesWanted = wanted;
    if (lacking === 0) return;
    const room = this.#largestBlocks - this.counters.read('pagesTotal');
    const blocks = Math.min(room, Math.max(lacking, 4 * blocksPerMebibyte));
    if (blocks > 0) this.exports.atome_audio_grow_pages(blocks);
  }

  /** The pager's scratch only ever grows; what it outgrew stays, since the disk thread may be reading into it. */
  #growScratch(channels: number): void {
    const size = 2 ** Math.ceil(Math.log2(pageBytes(channels)));
    if (size > this.#scratch.size) this.#scratch = { ...this.#scratch, bytes: this.allocate(size), size };
  }

  #frameOf(seconds: number): number {
    return Math.max(0, Math.round(seconds * this.addresses.sampleRate));
  }
}

function requireAddress(address: number): number {
  if (address === 0) throw new AtomeError('ERR_ENGINE_LIMIT', 'no memory');
  return address;
}
