// One timeline of the fallback engine: its clips, its playhead and the voices that sound.
import type { EngineClicks, TimelinePosition } from './audio-engine.ts';
import { noClicks } from './click-writer.ts';
import { samePlace } from './engine-clip.ts';
import type { SoundBuffers } from './webaudio-buffers.ts';
import { type ClickOutput, ClickQueue } from './webaudio-clicks.ts';
import { type LoopSeconds, Playhead } from './webaudio-schedule.ts';
import { clipEnd, clipStart, rampSeconds, type TimedClip, Voice } from './webaudio-voice.ts';

/** Hidden tabs let timers fire once per second: what sounds until then is scheduled. */
const lookaheadSeconds = 1.5;
/** Sounds are decoded this long before they are needed. */
const decodeAheadSeconds = 10;
/** The main thread's clock lags the device's by a buffer or two; a start in the past would shift the whole voice. */
const startDelaySeconds = 0.04;

export class WebAudioTimeline {
  #context: AudioContext;
  #output: AudioNode;
  #clickOutput: ClickOutput;
  readonly #clickQueue = new ClickQueue();
  #clicks: EngineClicks = noClicks;
  readonly #buffers: SoundBuffers;
  readonly #clips = new Map<string, TimedClip>();
  #voices: Voice[] = [];
  #loop: LoopSeconds | null = null;
  #playhead: Playhead | undefined;
  #position = 0;

  constructor(context: AudioContext, output: AudioNode, clicks: ClickOutput, buffers: SoundBuffers) {
    this.#context = context;
    this.#output = output;
    this.#clickOutput = clicks;
    this.#buffers = buffers;
  }

  get activeVoices(): number {
    return this.#voices.length;
  }

  putClip(timed: TimedClip): void {
    const known = this.#clips.get(timed.clip.id);
    this.#clips.set(timed.clip.id, timed);
    if (known && samePlace(known.clip, timed.clip)) {
      for (const voice of this.#voices) if (voice.clipId === timed.clip.id) voice.setMix(timed.clip);
    } else this.#resume();
  }

  removeClip(clipId: string): void {
    if (this.#clips.delete(clipId)) this.#resume();
  }

  setLoop(loop: LoopSeconds | null): void {
    this.#loop = loop && loop.end > loop.start ? loop : null;
    this.#resume();
  }

  setClicks(clicks: EngineClicks): void {
    this.#clicks = clicks;
    this.#resume();
  }

  /** The metronome was switched on: clicks that were left out are laid out. */
  metronomeStarted(): void {
    this.#resume();
  }

  /** Goes on in another context, because the one it was in is lost. */
  moveTo(context: AudioContext, output: AudioNode, clicks: ClickOutput): void {
    const { playing, seconds } = this.position();
    this.#voices = [];
    this.#context = context;
    this.#output = output;
    this.#clickOutput = clicks;
    if (playing) this.#start(seconds);
  }

  /** Resolves when what sounds first is decoded and scheduled. */
  async play(seconds: number): Promise<void> {
    const near = [...this.#clips.values()].filter(
      (timed) => clipEnd(timed) > seconds && clipStart(timed) < seconds + lookaheadSeconds,
    );
    await Promise.all(near.map(({ clip }) => this.#buffers.load(this.#context, clip.hash)));
    this.#start(seconds);
  }

  stop(): void {
    this.#position = this.position().seconds;
    this.#playhead = undefined;
    this.#silence(this.#context.currentTime);
  }

  async seek(seconds: number): Promise<void> {
    if (this.#playhead) return this.play(seconds);
    this.#position = seconds;
  }

  position(): TimelinePosition {
    const { currentTime, sampleRate } = this.#context;
    const seconds = this.#playhead ? Math.max(0, this.#playhead.position(currentTime)) : this.#position;
    return { playing: this.#playhead !== undefined, seconds, frame: Math.round(seconds * sampleRate) };
  }

  /** Schedules what begins soon; call it often. */
  tick(): void {
    const now = this.#context.currentTime;
    this.#voices = this.#voices.filter((voice) => voice.until > now);
    if (!this.#playhead) return;
    const planned = this.#playhead.plan([...this.#clips.values()], now + lookaheadSeconds, (stretch) =>
      this.#clickQueue.lay(stretch, this.#clicks, this.#clickOutput, now),
    );
    for (const { timed, span } of planned) {
      const buffer = this.#buffers.get(timed.clip.hash);
      if (buffer) this.#voices.push(new Voice(this.#context, timed, buffer, span, this.#output));
      else void this.#decode(timed);
    }
    this.#decodeAhead();
  }

  #start(seconds: number): void {
    const at = this.#context.currentTime + startDelaySeconds;
    this.#silence(at);
    this.#playhead = new Playhead(at, seconds, this.#loop);
    this.tick();
  }

  /** Schedules anew from here; what did not change crosses over into itself. */
  #resume(): void {
    if (!this.#playhead) return;
    const at = this.#context.currentTime + startDelaySeconds;
    this.#start(this.#playhead.position(at));
  }

  #silence(at: number): void {
    this.#clickQueue.cut(at);
    for (const voice of this.#voices) if (voice.until > at + rampSeconds) voice.stop(at);
    this.#voices = [];
  }

  async #decode({ clip }: TimedClip): Promise<void> {
    const buffer = await this.#buffers.load(this.#context, clip.hash);
    if (buffer && this.#clips.has(clip.id)) this.#resume();
  }

  #decodeAhead(): void {
    const { seconds } = this.position();
    for (const timed of this.#clips.values()) {
      const near = clipEnd(timed) > seconds && clipStart(timed) < seconds + decodeAheadSeconds;
      if (near) void this.#buffers.load(this.#context, timed.clip.hash);
    }
  }
}
