// The live engine in one thread: three instances over one memory, the audio quanta and the disk stepped by the test.
import { engineConstants } from '../../protocol/engine-layout.ts';
import { EngineControl, type PagerMessage } from '../control.ts';
import { createEngineMemory, type EngineExports, instantiateOnStack } from '../engine-module.ts';
import { type PagedSource, Pager } from '../pager.ts';

const { QUANTUM_FRAMES } = engineConstants;
/** From one collection to the next: about as often as the session worker's. */
const collectQuanta = 8;

export class LiveEngine {
  readonly control: EngineControl;
  readonly pager: Pager;
  readonly readErrors: unknown[] = [];
  /** Milliseconds, as the pager sees them. */
  now = 0;
  readonly #audio: EngineExports;
  readonly #left: Float32Array[] = [];
  readonly #right: Float32Array[] = [];
  #quanta = 0;

  constructor(module: WebAssembly.Module, sampleRate: number, sources: ReadonlyMap<string, PagedSource>) {
    const memory = createEngineMemory();
    const receive = (message: PagerMessage): void => {
      if (message.type === 'open') {
        this.pager.useScratch(message.scratch);
        const source = sources.get(message.hash);
        if (source) this.pager.open(message.slot, source);
      } else {
        this.pager.close(message.slot);
        this.control.fileClosed(message.slot);
      }
    };
    this.control = new EngineControl({ module, memory, sampleRate, onPager: (message) => receive(message) });
    this.#audio = instantiateOnStack(module, memory, this.control.createStack());
    const { memory: views, counters, scratch } = this.control;
    this.pager = new Pager({
      exports: instantiateOnStack(module, memory, this.control.createStack()),
      memory: views,
      counters,
      scratch,
      now: () => this.now,
      onReadError: (_slot, error) => this.readErrors.push(error),
    });
  }

  /** Brings pages until none is missing. */
  page(): void {
    while (this.pager.step().filled > 0) this.control.collect();
  }

  /** Starts a timeline with its pages resident, however long they take. */
  async play(timelineId: string, seconds: number): Promise<void> {
    const played = this.control.play(timelineId, seconds);
    this.page();
    await played;
  }

  /** Renders quanta as the audio thread does, and collects as the control thread does; `between` runs before each. */
  render(quanta: number, between: () => void = () => this.page()): void {
    for (let quantum = 0; quantum < quanta; quantum++) {
      between();
      if (++this.#quanta % collectQuanta === 0) this.control.collect();
      const address = this.#audio.atome_audio_process();
      this.#left.push(new Float32Array(this.control.memory.floats(address, QUANTUM_FRAMES)));
      this.#right.push(new Float32Array(this.control.memory.floats(address + QUANTUM_FRAMES * 4, QUANTUM_FRAMES)));
    }
  }

  /** Everything rendered so far. */
  output(): readonly [left: Float32Array, right: Float32Array] {
    return [joined(this.#left), joined(this.#right)];
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
