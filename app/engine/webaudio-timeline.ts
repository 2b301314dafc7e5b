// One timeline of the fallback engine: its clips, its playhead and the voices that sound.
import type { EngineClicks, EngineTrigger, Landing, TimelinePosition } from './audio-engine.ts';
import { noClicks } from './click-writer.ts';
import type { SoundBuffers } from './webaudio-buffers.ts';
import { type ClickOutput, ClickQueue } from './webaudio-clicks.ts';
import { canGlide, type TimedClip } from './webaudio-clip.ts';
import { ClipSounds } from './webaudio-clip-sounds.ts';
import { continuedBy, type LeftBehind } from './webaudio-continued.ts';
import { type FiringHooks, Firings } from './webaudio-firings.ts';
import { type LoopSeconds, Playhead } from './webaudio-schedule.ts';
import { Scrub } from './webaudio-scrub.ts';
import type { StretchSounds } from './webaudio-stretch.ts';
import { TriggerRun, targetsOf } from './webaudio-triggers.ts';
import { rampSeconds, Voice } from './webaudio-voice.ts';

/** Hidden tabs let timers fire once per second: what sounds until then is scheduled. */
const lookaheadSeconds = 1.5;
/** Sounds are decoded this long before they are needed. */
const decodeAheadSeconds = 10;
/** The main thread's clock lags the device's by a buffer or two; a start in the past would shift the whole voice. */
const startDelaySeconds = 0.04;
/** A new tempo gives every stretched clip another place at once, for which the audio thread makes sources and first grains. */
export const landDelaySeconds = 0.1;
/** What is told the audio thread by less before its time may be too late for it. */
const tightSeconds = 0.005;

/** A landing that is later than this comes from a clock that has lost its way, round a loop's end for one. */
const mostLateSeconds = 0.2;

const nothingLeft: LeftBehind = { voices: [], at: Number.NEGATIVE_INFINITY };

/** How a playhead goes on anew: with the same music, so that what sounds goes on, or elsewhere. */
type GoingOn = 'onwards' | 'elsewhere';

export interface TriggerHooks extends FiringHooks {
  /** Another timeline may go on from there soon. */
  onNear(timelineId: string, seconds: number): void;
}

/** Where timelines sound; it belongs to one context. */
export interface TimelineOutput {
  readonly context: BaseAudioContext;
  readonly master: AudioNode;
  readonly clicks: ClickOutput;
  readonly stretched: StretchSounds;
}

export class WebAudioTimeline {
  #output: TimelineOutput;
  readonly #clickQueue = new ClickQueue();
  #clicks: EngineClicks = noClicks;
  readonly #buffers: SoundBuffers;
  #sounds: ClipSounds;
  readonly #clips = new Map<string, TimedClip>();
  #isHeld = false;
  /** Something was changed while it was held. */
  #isStale = false;
  #voices: Voice[] = [];
  #left: LeftBehind = nothingLeft;
  #loop: LoopSeconds | null = null;
  #playhead: Playhead | undefined;
  #position = 0;
  #scrub: Scrub | undefined;
  readonly #hooks: TriggerHooks;
  /** By time. */
  #triggers: readonly EngineTrigger[] = [];
  readonly #firings: Firings;

  constructor(output: TimelineOutput, buffers: SoundBuffers, hooks: TriggerHooks) {
    this.#output = output;
    this.#buffers = buffers;
    this.#sounds = new ClipSounds(output, buffers);
    this.#hooks = hooks;
    this.#firings = new Firings(hooks);
  }

  /** Changes from now on take effect when it is told to settle. */
  hold(): void {
    this.#isHeld = true;
  }

  /** What was changed takes effect at once. @param landing where it goes on, if it plays */
  settle(landing?: Landing): void {
    const isStale = this.#isStale;
    this.#isHeld = this.#isStale = false;
    if (landing) this.#land(landing);
    else if (isStale) this.#resume();
  }

  get activeVoices(): number {
    return this.#voices.length;
  }

  putClip(timed: TimedClip): void {
    const known = this.#clips.get(timed.clip.id);
    this.#clips.set(timed.clip.id, timed);
    if (known && canGlide(known.clip, timed.clip)) {
      for (const voice of this.#voices) if (voice.clip.id === timed.clip.id) voice.glideTo(timed.clip);
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

  setTriggers(triggers: readonly EngineTrigger[]): void {
    this.#triggers = triggers.toSorted((one, other) => one.atSeconds - other.atSeconds);
    this.#resume();
  }

  /** The metronome was switched on: clicks that were left out are laid out. */
  metronomeStarted(): void {
    this.#resume();
  }

  /** Is dragged there audibly from where it stands; null: the hand has let go. */
  scrub(seconds: number | null): void {
    if (seconds === null) {
      this.#letGo();
      return;
    }
    if (this.#playhead) this.stop();
    const { context, master } = this.#output;
    this.#scrub ??= new Scrub(
      {
        ...{ context, output: master },
        clips: () => this.#clips.values(),
        soundOf: (timed) => this.#sounds.bringStretchable(timed),
      },
      this.#position,
    );
    this.#position = seconds;
    this.#scrub.lead(seconds);
  }

  #letGo(): void {
    this.#scrub?.end();
    this.#scrub = undefined;
  }

  /** Goes on in another context, because the one it was in is lost. */
  moveTo(output: TimelineOutput): void {
    const { playing, seconds } = this.position();
    this.#voices = [];
    this.#scrub = undefined;
    this.#output = output;
    this.#sounds = new ClipSounds(output, this.#buffers);
    if (playing) this.#goOn(seconds, output.context.currentTime + startDelaySeconds, 'elsewhere');
  }

  /** Resolves when what sounds first is decoded and scheduled. */
  async play(seconds: number): Promise<void> {
    await this.#sounds.makeReady(this.#clips.values(), seconds, lookaheadSeconds);
    this.startAt(seconds, this.#output.context.currentTime + startDelaySeconds);
  }

  /** Starts anew at a context time, or a little late at the place where it would be by then. */
  startAt(seconds: number, at: number): void {
    this.#firings.clear();
    this.#firings.rewind(at);
    this.#goOn(seconds, at, 'elsewhere');
  }

  stop(): void {
    this.#letGo();
    const now = this.#output.context.currentTime;
    this.stopAt(now);
    this.#firings.happen(now);
    this.#rest();
  }

  /** Stops at a context time. */
  stopAt(at: number): void {
    this.#playhead?.endAt(at);
    this.#firings.cut(at);
    this.#silence(at);
  }

  async seek(seconds: number): Promise<void> {
    if (!this.#playhead) {
      this.#letGo();
      this.#position = seconds;
      return;
    }
    await this.#sounds.makeReady(this.#clips.values(), seconds, lookaheadSeconds);
    this.seekAt(seconds, this.#output.context.currentTime + startDelaySeconds);
  }

  /** Goes on from another place at a context time. */
  seekAt(seconds: number, at: number): void {
    this.#firings.rewind(at);
    if (this.#playhead) this.#goOn(seconds, at, 'elsewhere');
    else this.#position = seconds;
  }

  /** Resolves when what sounds from there on can sound at once, with clips that are not there yet. */
  expect(clips: readonly TimedClip[], seconds: number): Promise<void> {
    const all = new Map(this.#clips);
    for (const timed of clips) all.set(timed.clip.id, timed);
    return this.#sounds.makeReady(all.values(), seconds, lookaheadSeconds);
  }

  /** What sounds first from there on is decoded. */
  prepare(seconds: number): void {
    void this.#sounds.makeReady(this.#clips.values(), seconds, lookaheadSeconds);
  }

  /** @param time of the context */
  position(time = this.#output.context.currentTime): TimelinePosition {
    const { sampleRate } = this.#output.context;
    const seconds = this.#playhead ? Math.max(0, this.#playhead.position(time)) : this.#position;
    const playing = this.#playhead !== undefined && time < this.#playhead.end;
    return { playing, seconds, frame: Math.round(seconds * sampleRate) };
  }

  /** Schedules what begins soon; call it often. */
  tick(): void {
    this.#layOut(startDelaySeconds);
  }

  /**
   * A page that is stopped for a while lays out too late, and native sources that begin late stay late: then all goes on
   * anew.
   * @param delay seconds from now that the latest attempt took for enough
   */
  #layOut(delay: number): void {
    const { context, master } = this.#output;
    const now = context.currentTime;
    this.#voices = this.#voices.filter((voice) => voice.span.until > now);
    if (!this.#playhead) return;
    const planned = this.#playhead.plan([...this.#clips.values()], now + lookaheadSeconds, {
      onStretch: (stretch) => this.#clickQueue.lay(stretch, this.#clicks, this.#output.clicks, now),
      onArrival: (arrival) => this.#firings.layOut(arrival),
    });
    // Stretched ones find their place themselves.
    const isLate = (): boolean =>
      delay < lookaheadSeconds &&
      planned.some(({ timed, span }) => !timed.clip.stretch && span.at < context.currentTime + tightSeconds);
    if (!isLate()) {
      for (const { timed, span } of planned.sort((one, other) => one.span.at - other.span.at)) {
        const sound = this.#sounds.of(timed);
        const continued = sound && continuedBy({ timed, span }, this.#voices, this.#left);
        if (sound) this.#voices.push(new Voice(context, timed, sound, span, master, continued));
        else void this.#fetch(timed);
      }
    }
    if (isLate()) this.#resume(2 * delay);
    this.#decodeAhead();
    this.#firings.happen(context.currentTime);
    if (this.#playhead && this.#playhead.end <= context.currentTime) this.#rest();
  }

  /** Goes on at a context time; where that is past, at the place where it would be by now. */
  #goOn(seconds: number, wanted: number, how: GoingOn, delay = startDelaySeconds): void {
    this.#letGo();
    const late = Math.max(0, this.#output.context.currentTime + startDelaySeconds / 2 - wanted);
    const at = wanted + late;
    const voices = this.#voices.length > 0 ? this.#voices : this.#left.voices;
    this.#left = how === 'elsewhere' ? nothingLeft : { voices, at };
    this.#silence(at);
    this.#firings.cut(at);
    const triggers = new TriggerRun(this.#triggers, this.#firings.counts());
    this.#playhead = new Playhead(at, seconds + late, this.#loop, triggers, how === 'onwards');
    this.#layOut(delay);
  }

  /** Stands where it has come to. */
  #rest(): void {
    this.#position = this.position().seconds;
    this.#playhead = undefined;
  }

  /** Goes on at the same music under another tempo. */
  #land({ from, to }: Landing): void {
    const at = this.#output.context.currentTime + landDelaySeconds;
    if (!this.#playhead) this.#position = to;
    else if (this.#playhead.end > at) {
      const late = this.#playhead.position(at) - from;
      const wanted = Math.max(0, to + late);
      const leavesLoop = this.#loop && to < this.#loop.end && wanted >= this.#loop.end;
      this.#firings.rewind(at);
      this.#goOn(Math.abs(late) > mostLateSeconds || leavesLoop ? to : wanted, at, 'onwards');
    }
  }

  /** Schedules anew from here; what did not change crosses over into itself. */
  #resume(delay = startDelaySeconds): void {
    this.#isStale = this.#isHeld;
    if (!this.#playhead || this.#isHeld) return;
    const at = this.#output.context.currentTime + delay;
    if (this.#playhead.end > at) this.#goOn(this.#playhead.position(at), at, 'onwards', delay);
  }

  #silence(at: number): void {
    this.#clickQueue.cut(at);
    for (const voice of this.#voices) if (voice.span.until > at + rampSeconds) voice.stop(at);
    this.#voices = [];
  }

  async #fetch(timed: TimedClip): Promise<void> {
    const sound = await this.#sounds.bring(timed);
    if (sound && this.#clips.has(timed.clip.id)) this.#resume();
  }

  #decodeAhead(): void {
    const { seconds } = this.position();
    void this.#sounds.load(this.#clips.values(), seconds, decodeAheadSeconds);
    for (const trigger of this.#triggers) {
      const { atSeconds } = trigger;
      if (atSeconds < seconds || atSeconds > seconds + decodeAheadSeconds) continue;
      for (const target of targetsOf(trigger)) this.prepare(target);
      const { action } = trigger;
      if (action.type === 'play' || action.type === 'seekOther') this.#hooks.onNear(action.timelineId, action.seconds);
    }
  }
}
