// Hands the triggers of timelines to the engine, and tells which of them have fired.
import { nearestFrame } from '../core/units.ts';
import { engineConstants, engineStatus, firedTrigger, triggerActions, triggerSpec } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { EngineTrigger, TriggerAction, TriggerFired } from './audio-engine.ts';
import { wholeSeed } from './choice.ts';
import type { EngineMemory } from './engine-memory.ts';
import type { EngineExports } from './engine-module.ts';
import { actedOn, placesOf } from './reachable.ts';
import { SlotTable } from './slots.ts';

/** Firings taken from the engine at a time. */
const batch = 256;
const float64Bytes = 8;

/** Who has a slot, or had it last. */
interface SlotOwner {
  readonly id: string;
  readonly timelineId: string;
  readonly generation: number;
}

interface Placed {
  readonly frame: number;
  readonly trigger: EngineTrigger;
  readonly slot: number;
  readonly generation: number;
  readonly timeline: number;
}

export class TriggerModel {
  readonly #exports: EngineExports;
  readonly #memory: EngineMemory;
  readonly #sampleRate: number;
  readonly #fired: number;
  readonly #slots = new SlotTable(engineConstants.MAX_TRIGGERS);
  readonly #owners: SlotOwner[] = [];
  readonly #given = new Map<string, readonly EngineTrigger[]>();
  #generation = 0;

  constructor(exports: EngineExports, memory: EngineMemory, sampleRate: number) {
    this.#exports = exports;
    this.#memory = memory;
    this.#sampleRate = sampleRate;
    this.#fired = exports.atome_audio_allocate(batch * firedTrigger.size);
    if (this.#fired === 0) throw new AtomeError('ERR_ENGINE_START', 'no memory');
  }

  /**
   * Puts a timeline's triggers in place of those it had; the timeline's next commit publishes them. A trigger that stays
   * keeps its slot and with it the count of its firings.
   *
   * @param slotOf the slot of a timeline; undefined when there is none left
   * @returns how many were refused
   */
  put(
    timelineId: string,
    triggers: readonly EngineTrigger[],
    slotOf: (timelineId: string) => number | undefined,
  ): number {
    this.#release(timelineId, triggers);
    this.#given.set(timelineId, triggers);
    const own = slotOf(timelineId);
    if (own === undefined) return triggers.length;
    const placed: Placed[] = [];
    let refused = 0;
    for (const trigger of triggers) {
      if (trigger.times !== undefined && trigger.times < 1) continue;
      const timeline = slotOf(actedOn(trigger.action) ?? timelineId);
      const owner = this.#take(timelineId, trigger.id);
      if (timeline === undefined || owner === undefined) refused++;
      else placed.push({ frame: this.#frameOf(trigger.atSeconds), trigger, timeline, ...owner });
    }
    placed.sort((one, other) => one.frame - other.frame);
    return this.#write(own, placed) === engineStatus.OK ? refused : triggers.length;
  }

  /**
   * Forgets a timeline's triggers and those that act on it.
   * @returns the timelines whose triggers are others now
   */
  removeTimeline(timelineId: string, slotOf: (timelineId: string) => number | undefined): string[] {
    const touched: string[] = [];
    for (const [id, triggers] of [...this.#given]) {
      const kept = triggers.filter(({ action }) => id !== timelineId && actedOn(action) !== timelineId);
      if (kept.length === triggers.length) continue;
      this.put(id, kept, slotOf);
      touched.push(id);
    }
    this.#given.delete(timelineId);
    return touched;
  }

  /** What has fired since the last call, in order. */
  take(): TriggerFired[] {
    const told: TriggerFired[] = [];
    let count: number;
    do {
      count = this.#exports.atome_audio_take_fired(this.#fired, batch);
      for (let index = 0; index < count; index++) {
        const address = this.#fired + index * firedTrigger.size;
        const owner = this.#owners[this.#memory.read(firedTrigger, address, 'slot')];
        if (owner?.generation !== this.#memory.read(firedTrigger, address, 'generation')) continue;
        const atFrame = this.#memory.read(firedTrigger, address, 'atFrame');
        told.push({ id: owner.id, timelineId: owner.timelineId, atFrame });
      }
    } while (count === batch);
    return told;
  }

  /** Call when the engine holds nothing retired: freed slots may be used again. */
  drained(): void {
    this.#slots.drained();
  }

  #release(timelineId: string, kept: readonly EngineTrigger[]): void {
    const ids = new Set(kept.map(({ id }) => id));
    for (const { id } of this.#given.get(timelineId) ?? []) {
      if (ids.has(id)) continue;
      const slot = this.#slots.release(keyOf(timelineId, id));
      if (slot !== undefined) this.#slots.retire(slot);
    }
  }

  #take(timelineId: string, id: string): { readonly slot: number; readonly generation: number } | undefined {
    const known = this.#slots.get(keyOf(timelineId, id));
    const slot = known ?? this.#slots.take(keyOf(timelineId, id));
    if (slot === undefined) return undefined;
    if (known === undefined) this.#owners[slot] = { id, timelineId, generation: ++this.#generation };
    return { slot, generation: this.#owners[slot]?.generation ?? 0 };
  }

  /** Returns an EngineStatus. */
  #write(timeline: number, placed: readonly Placed[]): number {
    const { atome_audio_set_triggers: set, atome_audio_allocate: allocate, atome_audio_free: free } = this.#exports;
    if (placed.length === 0) return set(timeline, 0, 0, 0, 0);
    const places = placed.flatMap(({ trigger }) => placesOf(trigger.action).map((seconds) => this.#frameOf(seconds)));
    const specs = allocate(placed.length * triggerSpec.size + places.length * float64Bytes);
    if (specs === 0) return engineStatus.NO_MEMORY;
    const firstPlace = specs + placed.length * triggerSpec.size;
    this.#writeSpecs(specs, placed);
    const bytes = places.length * float64Bytes;
    new Float64Array(this.#memory.buffer(firstPlace + bytes), firstPlace, places.length).set(places);
    const status = set(timeline, specs, placed.length, firstPlace, places.length);
    free(specs);
    return status;
  }

  #writeSpecs(specs: number, placed: readonly Placed[]): void {
    let firstPlace = 0;
    for (const [index, { frame, trigger, slot, generation, timeline }] of placed.entries()) {
      const { action } = trigger;
      const places = placesOf(action).length;
      this.#memory.write(triggerSpec, specs + index * triggerSpec.size, {
        position: frame,
        seed: action.type === 'choose' ? wholeSeed(action.seed) : 0,
        slot,
        generation,
        action: actionOf(action),
        timeline,
        times: trigger.times ?? 0,
        firstPlace,
        places,
      });
      firstPlace += places;
    }
  }

  #frameOf(seconds: number): number {
    return Math.max(0, nearestFrame(seconds, this.#sampleRate));
  }
}

const keyOf = (timelineId: string, id: string): string => `${timelineId}\n${id}`;

function actionOf(action: TriggerAction): number {
  switch (action.type) {
    case 'jump':
    case 'seekOther':
      return triggerActions.SEEK;
    case 'choose':
      return action.seconds.length > 0 ? triggerActions.SEEK : triggerActions.NOTIFY;
    case 'play':
      return triggerActions.PLAY;
    case 'stop':
    case 'stopOther':
      return triggerActions.STOP;
    case 'notify':
      return triggerActions.NOTIFY;
  }
}
