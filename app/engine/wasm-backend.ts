// The WASM engine's half on the main thread: the audio context, its one node, and their return after any loss.
import { type ErrorName, type ErrorReport, errorReport, reportOf } from '../protocol/errors.ts';
import { AudioDevice } from './audio-device.ts';
import type { EngineStatus } from './audio-engine.ts';
import { type EngineAddresses, FeatureFrames, type FeatureUpdate } from './feature-frames.ts';
import { LoadMeter } from './load-meter.ts';
import { heardFrame } from './output-clock.ts';
import type { FeatureSource, SoundOutput } from './sound-output.ts';

export interface WasmBackendOptions {
  readonly module: WebAssembly.Module;
  readonly addresses: EngineAddresses;
  /** The built worklet, one self-contained file. */
  readonly workletUrl: string;
  /** Asks the control side for a stack (EngineControl.createStack). */
  readonly createStack: () => Promise<number>;
  readonly onError: (report: ErrorReport) => void;
}

/** How often the clock is looked at, and how long it may stand still before the device counts as lost. */
const watchMilliseconds = 1000;
const longestStandstill = 2;

export class WasmBackend implements SoundOutput {
  readonly backend = 'wasm';
  readonly features: FeatureSource;
  readonly #options: WasmBackendOptions;
  readonly #frames: FeatureFrames;
  readonly #load: LoadMeter;
  #device: AudioDevice | undefined;
  #opening: Promise<void> | undefined;
  #wanted = false;
  #rebuilding = false;
  #underruns = 0;
  #watch: ReturnType<typeof setInterval> | undefined;
  #lastFrame = -1;
  #standstill = 0;

  constructor(options: WasmBackendOptions) {
    this.#options = options;
    this.#frames = new FeatureFrames(options.addresses);
    this.#load = new LoadMeter(this.#frames.counters, options.addresses.sampleRate);
    this.features = {
      position: (id) => this.#frames.position(id, this.#heardFrame()),
      master: () => this.#frames.master(),
      clip: (id) => this.#frames.clip(id),
    };
  }

  /** What the control side says, in the order in which it says it. */
  update(update: FeatureUpdate): void {
    this.#frames.update(update);
  }

  async start(context?: AudioContext): Promise<void> {
    this.#wanted = true;
    if (this.#device?.context.state === 'closed') await this.#close();
    if (!this.#device) await this.#open(context);
    await this.#resume();
    this.#watch ??= setInterval(() => this.#look(), watchMilliseconds);
    navigator.mediaDevices?.addEventListener('devicechange', this.#deviceChanged);
  }

  /** Closes the audio context; `start` makes a new one. */
  async shutdown(): Promise<void> {
    this.#wanted = false;
    clearInterval(this.#watch);
    this.#watch = undefined;
    navigator.mediaDevices?.removeEventListener('devicechange', this.#deviceChanged);
    await this.#close();
  }

  status(): EngineStatus {
    const context = this.#device?.context;
    const { counters } = this.#frames;
    return {
      backend: 'wasm',
      contextState: context?.state ?? 'none',
      sampleRate: this.#options.addresses.sampleRate,
      baseLatency: context?.baseLatency ?? 0,
      outputLatency: context?.outputLatency ?? 0,
      masterFrame: counters.read('masterFrame'),
      load: this.#load.read(),
      underruns: this.#underruns + (this.#device?.underruns() ?? 0),
      starvedFrames: counters.read('starvedFrames'),
      pagesResident: counters.read('pagesResident'),
      pagesTotal: counters.read('pagesTotal'),
      activeVoices: counters.read('activeVoices'),
      memoryBytes: this.#options.addresses.memory.buffer.byteLength,
    };
  }

  /** Opens one device, also when it is asked twice at once. */
  #open(context?: AudioContext): Promise<void> {
    this.#opening ??= this.#openDevice(context).finally(() => {
      this.#opening = undefined;
    });
    return this.#opening;
  }

  async #openDevice(context?: AudioContext): Promise<void> {
    const { counters } = this.#frames;
    // Before the node exists: a node that finds another number falls silent for good.
    const generation = counters.read('audioGeneration') + 1;
    counters.store('audioGeneration', generation);
    this.#device = await AudioDevice.open({
      context,
      ...this.#options,
      counters: this.#options.addresses.counters,
      generation,
      onLost: () => void this.#rebuild(),
      onState: () => this.#stateChanged(),
    });
  }

  async #close(): Promise<void> {
    const device = this.#device;
    this.#device = undefined;
    if (!device) return;
    this.#underruns += device.underruns();
    this.#frames.counters.add('audioGeneration', 1);
    await device.close();
  }

  /** A new context and node over the same memory: timelines, clips and the master clock go on where they were. */
  async #rebuild(): Promise<void> {
    if (!this.#wanted || this.#rebuilding) return;
    this.#rebuilding = true;
    this.#report('ERR_DEVICE_LOST');
    try {
      await this.#close();
      await this.#open();
      await this.#resume();
    } catch (thrown) {
      this.#options.onError(reportOf(thrown, 'ERR_DEVICE_LOST'));
    } finally {
      this.#rebuilding = false;
      this.#standstill = 0;
    }
  }

  async #resume(): Promise<void> {
    await this.#device?.context.resume();
  }

  #stateChanged(): void {
    const context = this.#device?.context;
    if (!context || !this.#wanted || this.#rebuilding) return;
    if (context.state === 'closed') void this.#rebuild();
    else if (context.state !== 'running') {
      this.#report('ERR_AUDIO_SUSPENDED');
      void context.resume().catch(() => undefined);
    }
  }

  /** A context may say that it runs while its device has silently gone: the clock tells. */
  #look(): void {
    const frame = this.#frames.counters.read('masterFrame');
    const stands = frame === this.#lastFrame && this.#device?.context.state === 'running';
    this.#lastFrame = frame;
    this.#standstill = stands ? this.#standstill + 1 : 0;
    if (this.#standstill >= longestStandstill || (this.#wanted && !this.#device)) void this.#rebuild();
  }

  readonly #deviceChanged = (): void => {
    if (this.#standstill > 0 || this.#device?.context.state !== 'running') this.#stateChanged();
  };

  #heardFrame(): number {
    const { counters } = this.#frames;
    const rendered = counters.read('masterFrame');
    return heardFrame(this.#device?.context, rendered, counters.read('contextOffset'), performance.now());
  }

  #report(name: ErrorName): void {
    this.#options.onError(errorReport(name));
  }
}
