// The fallback engine on native audio nodes: the same interface where the WASM engine can't run.
import type { ErrorReport } from '../protocol/errors.ts';
import type { EngineBackend, EngineDelta, EngineStatus, TimelinePosition } from './audio-engine.ts';
import type { FeatureSource, SoundOutput } from './sound-output.ts';
import { SoundBuffers } from './webaudio-buffers.ts';
import { OutputMeter } from './webaudio-meter.ts';
import { WebAudioTimeline } from './webaudio-timeline.ts';

export interface WebAudioBackendOptions {
  /** Hz. */
  readonly sampleRate: number;
  /** A stored sound as a disk-backed file. */
  readonly openFile: (hash: string) => Promise<Blob>;
  readonly onError: (report: ErrorReport) => void;
}

const tickMilliseconds = 50;
const glideSeconds = 0.005;

export class WebAudioBackend implements EngineBackend, SoundOutput {
  readonly name = 'webaudio';
  readonly backend = 'webaudio';
  readonly features: FeatureSource;
  readonly #context: AudioContext;
  readonly #master: GainNode;
  readonly #meter: OutputMeter;
  readonly #buffers: SoundBuffers;
  readonly #timelines = new Map<string, WebAudioTimeline>();
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor({ sampleRate, openFile, onError }: WebAudioBackendOptions) {
    this.#context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
    this.#master = this.#context.createGain();
    this.#master.connect(this.#context.destination);
    this.#meter = new OutputMeter(this.#context, this.#master);
    this.#buffers = new SoundBuffers(openFile, onError);
    this.features = {
      position: (id) => this.position(id),
      master: () => this.#meter.read(),
      clip: () => undefined,
    };
  }

  async start(): Promise<void> {
    await this.#context.resume();
  }

  /** Suspends: the nodes belong to one context for good. */
  async shutdown(): Promise<void> {
    await this.#context.suspend();
  }

  async apply(deltas: readonly EngineDelta[]): Promise<void> {
    for (const delta of deltas) this.#applyOne(delta);
  }

  async play(timelineId: string, seconds: number): Promise<void> {
    await this.#timeline(timelineId).play(seconds);
    this.#setTicking();
  }

  async stop(timelineId: string): Promise<void> {
    this.#timelines.get(timelineId)?.stop();
    this.#setTicking();
  }

  seek(timelineId: string, seconds: number): Promise<void> {
    return this.#timeline(timelineId).seek(seconds);
  }

  position(timelineId: string): TimelinePosition {
    return this.#timelines.get(timelineId)?.position() ?? { playing: false, seconds: 0, frame: 0 };
  }

  async panic(): Promise<void> {
    for (const timeline of this.#timelines.values()) timeline.stop();
    this.#setTicking();
  }

  status(): EngineStatus {
    const { state, sampleRate, baseLatency, outputLatency, currentTime } = this.#context;
    return {
      backend: 'webaudio',
      contextState: state,
      sampleRate,
      baseLatency,
      outputLatency,
      masterFrame: Math.round(currentTime * sampleRate),
      load: 0,
      underruns: 0,
      starvedFrames: 0,
      pagesResident: 0,
      pagesTotal: 0,
      activeVoices: [...this.#timelines.values()].reduce((sum, timeline) => sum + timeline.activeVoices, 0),
      memoryBytes: this.#buffers.bytes,
    };
  }

  #applyOne(delta: EngineDelta): void {
    switch (delta.type) {
      case 'clip': {
        for (const [id, timeline] of this.#timelines) {
          if (id !== delta.clip.timelineId) timeline.removeClip(delta.clip.id);
        }
        this.#timeline(delta.clip.timelineId).putClip({ clip: delta.clip, sampleRate: delta.blob.sampleRate });
        break;
      }
      case 'removeClip':
        for (const timeline of this.#timelines.values()) timeline.removeClip(delta.clipId);
        break;
      case 'loop':
        this.#timeline(delta.timelineId).setLoop(delta.range);
        break;
      case 'removeTimeline':
        this.#timelines.get(delta.timelineId)?.stop();
        this.#timelines.delete(delta.timelineId);
        break;
      case 'masterGain':
        this.#master.gain.setTargetAtTime(delta.gain, this.#context.currentTime, glideSeconds);
        break;
    }
  }

  #timeline(id: string): WebAudioTimeline {
    const known = this.#timelines.get(id);
    if (known) return known;
    const timeline = new WebAudioTimeline(this.#context, this.#master, this.#buffers);
    this.#timelines.set(id, timeline);
    return timeline;
  }

  /** The timer runs only while something plays. */
  #setTicking(): void {
    const playing = [...this.#timelines.values()].some((timeline) => timeline.position().playing);
    if (!playing) {
      clearInterval(this.#ticking);
      this.#ticking = undefined;
      return;
    }
    this.#ticking ??= setInterval(() => {
      for (const timeline of this.#timelines.values()) timeline.tick();
    }, tickMilliseconds);
  }
}
