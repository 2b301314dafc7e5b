// A second engine in one thread: control, audio and disk side by side, for renders that need no audio device.

import { engineConstants, engineFlags } from '../protocol/engine-layout.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { EngineDelta } from './audio-engine.ts';
import { EngineControl, type PagerMessage } from './control.ts';
import type { OpenSource } from './disk-files.ts';
import { createEngineMemory } from './engine-module.ts';
import { Pager } from './pager.ts';

const { QUANTUM_FRAMES, PAGE_FRAMES } = engineConstants;
const largestPool = 512;
/** Where triggers lead from place to place, the pager sees a bounded number of them ahead. */
const quantaPerFeedWithTriggers = 16;

export interface OfflineEngineOptions {
  readonly module: WebAssembly.Module;
  readonly sampleRate: number;
  readonly openSource: OpenSource;
}

interface Quantum {
  readonly address: number;
  readonly left: Float32Array;
  readonly right: Float32Array;
}

export class OfflineEngine {
  readonly control: EngineControl;
  readonly #pager: Pager;
  readonly #openSource: OpenSource;
  readonly #sampleRate: number;
  #messages: PagerMessage[] = [];
  #highestRate = 0;
  #hasTriggers = false;
  #quantum: Quantum | undefined;

  constructor({ module, sampleRate, openSource }: OfflineEngineOptions) {
    this.#openSource = openSource;
    this.#sampleRate = sampleRate;
    this.control = new EngineControl({
      module,
      sampleRate,
      memory: createEngineMemory(),
      flags: engineFlags.OFFLINE,
      largestPool,
      onPager: (message) => this.#messages.push(message),
    });
    const { exports, memory, counters, scratch } = this.control;
    this.#pager = new Pager({
      exports,
      memory,
      counters,
      scratch,
      now: () => 0,
      onReadError: (_slot, error) => {
        throw new AtomeError('ERR_STORAGE_READ', error instanceof Error ? error.message : String(error));
      },
    });
  }

  /** Applies deltas and opens the files they bring. */
  async apply(deltas: readonly EngineDelta[]): Promise<void> {
    for (const delta of deltas) {
      if (delta.type === 'clip') this.#highestRate = Math.max(this.#highestRate, delta.blob.sampleRate);
      if (delta.type === 'triggers' && delta.triggers.length > 0) this.#hasTriggers = true;
    }
    await this.control.apply(deltas);
    const messages = this.#messages;
    this.#messages = [];
    for (const message of messages) {
      if (message.type === 'open') {
        this.#pager.useScratch(message.scratch);
        this.#pager.open(message.slot, await this.#openSource(message.hash));
      } else {
        this.#pager.close(message.slot);
        this.control.fileClosed(message.slot);
      }
    }
  }

  /**
   * Renders into both channels from `offset` on, whole quanta.
   * @throws AtomeError ERR_STORAGE_READ, or ERR_RENDER when the pool can't hold what plays at once
   */
  render(left: Float32Array, right: Float32Array, offset: number, frames: number): void {
    const { exports, counters } = this.control;
    const stride = this.#quantaPerFeed() * QUANTUM_FRAMES;
    const starved = counters.read('starvedFrames');
    for (let frame = 0; frame < frames; frame += QUANTUM_FRAMES) {
      if (frame % stride === 0) this.#feed();
      const quantum = this.#quantumAt(exports.atome_audio_process());
      left.set(quantum.left, offset + frame);
      right.set(quantum.right, offset + frame);
    }
    if (counters.read('starvedFrames') !== starved) throw new AtomeError('ERR_RENDER', 'audio pages were missing');
  }

  close(): void {
    this.#pager.closeAll();
    this.control.shutdown();
  }

  /** The engine renders into one place, so the views of it are made once. */
  #quantumAt(address: number): Quantum {
    if (this.#quantum?.address !== address) {
      const { memory } = this.control;
      const left = memory.floats(address, QUANTUM_FRAMES);
      this.#quantum = { address, left, right: memory.floats(address + left.byteLength, QUANTUM_FRAMES) };
    }
    return this.#quantum;
  }

  /** Brings every page the pager plans; grows the pool when it is too small. */
  #feed(): void {
    for (;;) {
      const total = this.control.counters.read('pagesTotal');
      const { filled } = this.#pager.step();
      this.control.collect();
      if (filled === 0 && this.control.counters.read('pagesTotal') === total) return;
    }
  }

  /** The pager looks two pages ahead or more: feeding once per page of the fastest file never falls behind. */
  #quantaPerFeed(): number {
    const pageQuanta = PAGE_FRAMES / QUANTUM_FRAMES;
    const rate = Math.max(this.#highestRate, this.#sampleRate);
    const quanta = Math.max(1, Math.floor((pageQuanta * this.#sampleRate) / rate));
    return this.#hasTriggers ? Math.min(quanta, quantaPerFeedWithTriggers) : quanta;
  }
}
