// The fallback engine on native audio nodes: the same interface where the WASM engine can't run.
import { type ErrorReport, errorReport } from '../protocol/errors.ts';
import type { BungeeFiles } from '../stretch/bungee-sounds.ts';
import type {
  EngineBackend,
  EngineDelta,
  EngineStatus,
  Landing,
  TimelinePosition,
  TriggerFired,
} from './audio-engine.ts';
import { heardFrame } from './output-clock.ts';
import type { FeatureSource, SoundOutput } from './sound-output.ts';
import { SoundBuffers } from './webaudio-buffers.ts';
import { ClickOutput } from './webaudio-clicks.ts';
import type { TimedClip } from './webaudio-clip.ts';
import { OutputMeter } from './webaudio-meter.ts';
import { StretchSounds } from './webaudio-stretch.ts';
import { landDelaySeconds, type TimelineOutput, WebAudioTimeline } from './webaudio-timeline.ts';
import type { Arrival } from './webaudio-triggers.ts';

export interface WebAudioBackendOptions {
  /** Hz. */
  readonly sampleRate: number;
  /** A stored sound as a disk-backed file. */
  readonly openFile: (hash: string) => Promise<Blob>;
  /** What stretched clips need, asked for when there is the first one. */
  readonly stretchFiles: () => Promise<BungeeFiles>;
  readonly onError: (report: ErrorReport) => void;
}

const tickMilliseconds = 50;

const timedClip = ({ clip, blob: { sampleRate } }: Extract<EngineDelta, { type: 'clip' }>): TimedClip => ({
  clip,
  sampleRate,
});
const glideSeconds = 0.005;

/** The nodes that every timeline shares; they belong to one context for good. */
interface Output extends TimelineOutput {
  readonly context: AudioContext;
  readonly master: GainNode;
  readonly meter: OutputMeter;
}

export class WebAudioBackend implements Omit<EngineBackend, 'onTrigger' | 'retime'>, SoundOutput {
  readonly name = 'webaudio';
  readonly backend = 'webaudio';
  readonly features: FeatureSource;
  readonly #options: WebAudioBackendOptions;
  readonly #buffers: SoundBuffers;
  readonly #timelines = new Map<string, WebAudioTimeline>();
  readonly #triggerListeners = new Set<(fired: TriggerFired) => void>();
  #output: Output;
  #masterGain = 1;
  #clickGain = 0;
  #wanted = false;
  #ticking: ReturnType<typeof setInterval> | undefined;

  constructor(options: WebAudioBackendOptions) {
    this.#options = options;
    this.#buffers = new SoundBuffers(options.openFile, options.onError);
    this.#output = this.#open();
    this.features = {
      position: (id) => this.position(id, this.#heardTime()),
      master: () => this.#output.meter.read(),
      clip: () => undefined,
    };
  }

  async start(): Promise<void> {
    this.#wanted = true;
    await this.#output.context.resume();
  }

  /** Suspends: the nodes belong to one context for good. */
  async shutdown(): Promise<void> {
    this.#wanted = false;
    await this.#output.context.suspend();
  }

  /** Ends it for good and gives the device back. */
  async close(): Promise<void> {
    await this.panic();
    this.#output.context.onstatechange = null;
    await this.#output.context.close();
  }

  async apply(deltas: readonly EngineDelta[]): Promise<void> {
    this.#change(deltas, {});
  }

  /** Applies all of them as one change, with which timelines that play go on elsewhere; resolves when that is heard. */
  async land(deltas: readonly EngineDelta[], landings: Readonly<Record<string, Landing>>): Promise<void> {
    const clips = deltas.flatMap((delta) => (delta.type === 'clip' ? timedClip(delta) : []));
    const expected = Object.entries(landings).map(([id, { to }]) => {
      const own = clips.filter(({ clip }) => clip.timelineId === id);
      return this.#timeline(id).expect(own, to);
    });
    await Promise.all(expected);
    this.#change(deltas, landings);
    await new Promise((resolve) => setTimeout(resolve, landDelaySeconds * 1000));
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

  async scrub(timelineId: string, seconds: number | null): Promise<void> {
    this.#timeline(timelineId).scrub(seconds);
    this.#setTicking();
  }

  /** @param time of the context; default: the time that is rendered next */
  position(timelineId: string, time?: number): TimelinePosition {
    return this.#timelines.get(timelineId)?.position(time) ?? { playing: false, seconds: 0, frame: 0 };
  }

  /** Of all timelines, by their ids. */
  positions(): Record<string, TimelinePosition> {
    return Object.fromEntries([...this.#timelines].map(([id, timeline]) => [id, timeline.position()]));
  }

  /** Tells a listener of every trigger that fires from now on. */
  tellTriggers(listener: (fired: TriggerFired) => void): void {
    this.#triggerListeners.add(listener);
  }

  async panic(): Promise<void> {
    for (const timeline of this.#timelines.values()) timeline.stop();
    this.#setTicking();
  }

  status(): EngineStatus {
    const { state, sampleRate, baseLatency, outputLatency, currentTime } = this.#output.context;
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
      memoryBytes: this.#buffers.bytes + this.#output.stretched.bytes,
    };
  }

  /** The context's time that is at the listener's ears. */
  #heardTime(): number {
    const { context } = this.#output;
    const { sampleRate, currentTime } = context;
    return heardFrame(context, currentTime * sampleRate, 0, performance.now()) / sampleRate;
  }

  /** A timeline that is made on the way does not play. */
  #change(deltas: readonly EngineDelta[], landings: Readonly<Record<string, Landing>>): void {
    const known = [...this.#timelines];
    for (const [, timeline] of known) timeline.hold();
    for (const delta of deltas) this.#applyOne(delta);
    for (const [id, timeline] of known) timeline.settle(landings[id]);
  }

  #applyOne(delta: EngineDelta): void {
    switch (delta.type) {
      case 'clip': {
        for (const [id, timeline] of this.#timelines) {
          if (id !== delta.clip.timelineId) timeline.removeClip(delta.clip.id);
        }
        this.#timeline(delta.clip.timelineId).putClip(timedClip(delta));
        break;
      }
      case 'removeClip':
        for (const timeline of this.#timelines.values()) timeline.removeClip(delta.clipId);
        break;
      case 'loop':
        this.#timeline(delta.timelineId).setLoop(delta.range);
        break;
      case 'triggers':
        this.#timeline(delta.timelineId).setTriggers(delta.triggers);
        break;
      case 'clicks':
        this.#timeline(delta.timelineId).setClicks(delta.clicks);
        break;
      case 'metronome':
        this.#setMetronome(delta.gain);
        break;
      case 'removeTimeline':
        this.#timelines.get(delta.timelineId)?.stop();
        this.#timelines.delete(delta.timelineId);
        break;
      case 'masterGain':
        this.#masterGain = delta.gain;
        this.#output.master.gain.setTargetAtTime(delta.gain, this.#output.context.currentTime, glideSeconds);
        break;
    }
  }

  #setMetronome(gain: number): void {
    const starts = gain > 0 && this.#clickGain === 0;
    this.#clickGain = gain;
    this.#output.clicks.setGain(gain);
    if (starts) for (const timeline of this.#timelines.values()) timeline.metronomeStarted();
  }

  #open(): Output {
    const context = new AudioContext({ sampleRate: this.#options.sampleRate, latencyHint: 'interactive' });
    const master = new GainNode(context, { gain: this.#masterGain });
    master.connect(context.destination);
    context.onstatechange = () => this.#stateChanged();
    const clicks = new ClickOutput(context, master, this.#clickGain);
    const stretched = new StretchSounds(context, this.#options.stretchFiles, this.#options.onError);
    return { context, master, meter: new OutputMeter(context, master), clicks, stretched };
  }

  /** A context that is lost is replaced; one that the browser has paused is asked to go on. */
  #stateChanged(): void {
    const { context } = this.#output;
    if (!this.#wanted || context.state === 'running') return;
    if (context.state !== 'closed') {
      this.#options.onError(errorReport('ERR_AUDIO_SUSPENDED'));
      void context.resume().catch(() => undefined);
      return;
    }
    this.#options.onError(errorReport('ERR_DEVICE_LOST'));
    context.onstatechange = null;
    this.#output = this.#open();
    for (const timeline of this.#timelines.values()) timeline.moveTo(this.#output);
    void this.#output.context.resume().catch(() => undefined);
  }

  #timeline(id: string): WebAudioTimeline {
    const known = this.#timelines.get(id);
    if (known) return known;
    const timeline = new WebAudioTimeline(this.#output, this.#buffers, {
      onAct: (arrival) => this.#act(arrival),
      onFired: (arrival) => this.#tellFired(id, arrival),
      onNear: (otherId, seconds) => this.#timelines.get(otherId)?.prepare(seconds),
    });
    this.#timelines.set(id, timeline);
    return timeline;
  }

  /** What a trigger does to other timelines. */
  #act({ trigger: { action }, at }: Arrival): void {
    if (action.type === 'play') this.#timeline(action.timelineId).startAt(action.seconds, at);
    else if (action.type === 'seekOther') this.#timeline(action.timelineId).seekAt(action.seconds, at);
    else if (action.type === 'stopOther') this.#timelines.get(action.timelineId)?.stopAt(at);
  }

  #tellFired(timelineId: string, { trigger, at }: Arrival): void {
    const atFrame = Math.round(at * this.#output.context.sampleRate);
    for (const tell of this.#triggerListeners) tell({ id: trigger.id, timelineId, atFrame });
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
      this.#setTicking();
    }, tickMilliseconds);
  }
}
