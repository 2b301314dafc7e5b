// Applies engine deltas to the control side's model: ids to slots, clips to specs, one commit per touched timeline.

import { unreachable } from '../core/assert.ts';
import { clipSpec, engineConstants } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { ClipStretch, EngineClip, EngineDelta, TriggerFired } from './audio-engine.ts';
import { type ClickTarget, noClicks, writeClicks } from './click-writer.ts';
import { samePlace, uncut } from './engine-clip.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { EngineExports } from './engine-module.ts';
import type { FeatureUpdate } from './feature-frames.ts';
import { SlotTable } from './slots.ts';
import { TriggerModel } from './trigger-model.ts';

type ClipDelta = Extract<EngineDelta, { type: 'clip' }>;

export interface EngineModelHooks {
  /** A file slot is in use from now on: its pages may be asked for. */
  openFile(slot: number, hash: string, channels: number): void;
  /** A file is not used any more; answer with `fileClosed` when nobody will fill its pages. */
  closeFile(slot: number): void;
  feature(update: FeatureUpdate): void;
}

interface KnownClip {
  readonly slot: number;
  readonly clip: EngineClip;
}

export class EngineModel {
  readonly #exports: EngineExports;
  readonly #memory: EngineMemory;
  readonly #sampleRate: number;
  readonly #hooks: EngineModelHooks;
  readonly #spec: number;
  readonly #clicks: ClickTarget;
  readonly #triggers: TriggerModel;
  readonly #timelines = new SlotTable(engineConstants.MAX_TIMELINES);
  readonly #clipSlots = new SlotTable(engineConstants.MAX_CLIPS);
  readonly #files = new SlotTable(engineConstants.MAX_FILES);
  readonly #clips = new Map<string, KnownClip>();
  /** How many clips use a file, by hash. */
  readonly #uses = new Map<string, number>();
  readonly #touched = new Set<number>();
  #refused = 0;
  #together = 0;

  constructor(exports: EngineExports, memory: EngineMemory, sampleRate: number, hooks: EngineModelHooks) {
    this.#exports = exports;
    this.#memory = memory;
    this.#sampleRate = sampleRate;
    this.#hooks = hooks;
    this.#clicks = { exports, memory, sampleRate };
    this.#triggers = new TriggerModel(exports, memory, sampleRate);
    this.#spec = exports.atome_audio_allocate(clipSpec.size);
    if (this.#spec === 0) throw new AtomeError('ERR_ENGINE_START', 'no memory');
  }

  /**
   * Applies all deltas, then publishes each touched timeline once, all at the same frame.
   * @param together master frame at which clips, loops and clicks take effect; 0: at once
   * @throws AtomeError ERR_ENGINE_LIMIT when some did not fit; the others are applied.
   */
  apply(deltas: readonly EngineDelta[], commonFrame: () => number, together: number): void {
    this.#refused = 0;
    this.#together = together;
    for (const delta of deltas) this.#applyOne(delta);
    const atFrame = together === 0 && this.#touched.size > 1 ? commonFrame() : together;
    for (const timeline of this.#touched) this.#check(this.#exports.atome_audio_commit(timeline, atFrame));
    this.#touched.clear();
    this.#closeUnusedFiles();
    if (this.#refused > 0) throw new AtomeError('ERR_ENGINE_LIMIT', `${this.#refused} refused`);
  }

  /** The timeline's slot, made when it is new. @throws AtomeError ERR_ENGINE_LIMIT */
  timeline(id: string): number {
    const slot = this.#timelineSlot(id);
    if (slot === undefined) throw new AtomeError('ERR_ENGINE_LIMIT', 'timelines');
    return slot;
  }

  /** The triggers that have fired since the last call, in order. */
  takeFired(): TriggerFired[] {
    return this.#triggers.take();
  }

  timelineIds(): Iterable<string> {
    return this.#timelines.ids();
  }

  fileClosed(slot: number): void {
    this.#files.retire(slot);
  }

  /** Call when the engine holds nothing retired: freed slots may be used again. */
  drained(): void {
    this.#timelines.drained();
    this.#clipSlots.drained();
    this.#files.drained();
    this.#triggers.drained();
  }

  /** Made when it is new; undefined when all are taken. */
  readonly #timelineSlot = (id: string): number | undefined => {
    const known = this.#timelines.get(id);
    if (known !== undefined) return known;
    const slot = this.#timelines.take(id);
    if (slot !== undefined) this.#hooks.feature({ type: 'timeline', id, slot });
    return slot;
  };

  #applyOne(delta: EngineDelta): void {
    switch (delta.type) {
      case 'clip':
        this.#putClip(delta);
        break;
      case 'removeClip':
        this.#removeClip(delta.clipId);
        break;
      case 'loop':
        this.#setLoop(delta.timelineId, delta.range);
        break;
      case 'triggers':
        this.#touched.add(this.timeline(delta.timelineId));
        this.#refused += this.#triggers.put(delta.timelineId, delta.triggers, this.#timelineSlot);
        break;
      case 'clicks':
        this.#check(writeClicks(this.#clicks, this.timeline(delta.timelineId), delta.clicks, this.#together));
        break;
      case 'metronome':
        this.#check(this.#exports.atome_audio_set_metronome(delta.gain));
        break;
      case 'removeTimeline':
        this.#removeTimeline(delta.timelineId);
        break;
      case 'masterGain':
        this.#check(this.#exports.atome_audio_set_master_gain(delta.gain));
        break;
      default:
        unreachable(delta);
    }
  }

  #putClip({ clip, blob }: ClipDelta): void {
    const known = this.#clips.get(clip.id);
    if (known && samePlace(known.clip, clip)) {
      const { gain, pan, muted } = clip;
      this.#check(this.#exports.atome_audio_set_clip_mix(known.slot, gain, pan, muted ? 1 : 0));
      this.#clips.set(clip.id, { slot: known.slot, clip });
      return;
    }
    const file = this.#useFile(blob);
    const slot = this.#clipSlots.take(clip.id);
    if (file === undefined || slot === undefined) {
      this.#refused++;
      return;
    }
    const timeline = this.timeline(clip.timelineId);
    this.#writeSpec(clip, slot, timeline, file);
    const { atome_audio_add_clip: add, atome_audio_update_clip: update } = this.#exports;
    this.#check(known ? update(this.#spec) : add(this.#spec));
    this.#uses.set(clip.hash, (this.#uses.get(clip.hash) ?? 0) + 1);
    if (known) {
      this.#forgetUse(known.clip.hash);
      this.#touched.add(this.timeline(known.clip.timelineId));
    } else this.#hooks.feature({ type: 'clip', id: clip.id, slot });
    this.#clips.set(clip.id, { slot, clip });
    this.#touched.add(timeline);
  }

  #removeClip(clipId: string): void {
    const known = this.#clips.get(clipId);
    if (!known) return;
    this.#check(this.#exports.atome_audio_remove_clip(known.slot));
    this.#touched.add(this.timeline(known.clip.timelineId));
    this.#clips.delete(clipId);
    this.#clipSlots.release(clipId);
    this.#clipSlots.retire(known.slot);
    this.#forgetUse(known.clip.hash);
    this.#hooks.feature({ type: 'clip', id: clipId, slot: null });
  }

  #setLoop(timelineId: string, seconds: { start: number; end: number } | null): void {
    const frames = (value: number): number => Math.round(value * this.#sampleRate);
    const range = seconds && { start: frames(seconds.start), end: frames(seconds.end) };
    const slot = this.timeline(timelineId);
    const audible = range !== null && range.end - range.start >= engineConstants.DECLICK_FRAMES ? range : null;
    this.#check(this.#exports.atome_audio_set_loop(slot, audible?.start ?? 0, audible?.end ?? 0, this.#together));
  }

  #removeTimeline(timelineId: string): void {
    const slot = this.#timelines.get(timelineId);
    if (slot === undefined) return;
    for (const id of this.#triggers.removeTimeline(timelineId, this.#timelineSlot))
      this.#touched.add(this.timeline(id));
    for (const { clip } of [...this.#clips.values()]) {
      if (clip.timelineId === timelineId) this.#removeClip(clip.id);
    }
    const { atome_audio_stop: stop, atome_audio_set_loop: setLoop, atome_audio_seek: seek } = this.#exports;
    for (const status of [stop(slot, 0), setLoop(slot, 0, 0, 0), seek(slot, 0, 0)]) this.#check(status);
    this.#check(writeClicks(this.#clicks, slot, noClicks, 0));
    this.#touched.add(slot);
    this.#timelines.release(timelineId);
    this.#timelines.retire(slot);
    this.#hooks.feature({ type: 'timeline', id: timelineId, slot: null });
  }

  #useFile({ hash, channels, sampleRate, frames }: ClipDelta['blob']): number | undefined {
    const known = this.#files.get(hash);
    if (known !== undefined) return known;
    const slot = this.#files.take(hash);
    if (slot === undefined) return undefined;
    this.#check(this.#exports.atome_audio_load_file(slot, channels, sampleRate, frames));
    this.#uses.set(hash, 0);
    this.#hooks.openFile(slot, hash, channels);
    return slot;
  }

  #forgetUse(hash: string): void {
    this.#uses.set(hash, (this.#uses.get(hash) ?? 1) - 1);
  }

  #closeUnusedFiles(): void {
    for (const [hash, uses] of this.#uses) {
      if (uses > 0) continue;
      this.#uses.delete(hash);
      const slot = this.#files.release(hash);
      if (slot === undefined) continue;
      this.#check(this.#exports.atome_audio_unload_file(slot));
      this.#hooks.closeFile(slot);
    }
  }

  #writeSpec(clip: EngineClip, slot: number, timeline: number, file: number): void {
    const { startSeconds, sourceStart, sourceFrames, fadeInFrames, fadeOutFrames, gain, pan, muted } = clip;
    const place = { startSeconds, sourceStart, sourceFrames, fadeInFrames, fadeOutFrames };
    const { ratio: stretchRatio, semitones } = clip.stretch ?? unstretched;
    const mix = { muted: muted ? 1 : 0, gain, pan };
    const values = { clip: slot, timeline, file, ...place, ...cutOf(clip), ...mix, stretchRatio, semitones };
    this.#memory.write(clipSpec, this.#spec, values);
  }

  #check(status: number): void {
    if (status < 0) this.#refused++;
  }
}

/** Ratio 0: the engine plays it as it is. */
const unstretched: ClipStretch = { ratio: 0, semitones: 0 };

const cutOf = ({ cut = uncut }: EngineClip) => ({
  cutBeforeFrames: cut.before,
  cutAfterFrames: cut.after,
  cutFadeInFrames: cut.fadeIn,
  cutFadeOutFrames: cut.fadeOut,
});
