// The metronome of the fallback engine: a source per click, laid out ahead of the playhead.
import type { EngineClicks } from './audio-engine.ts';
import { clickSound } from './click-sound.ts';
import { Envelope } from './webaudio-envelope.ts';
import type { Stretch } from './webaudio-schedule.ts';

const glideSeconds = 0.005;
const rampSeconds = 0.003;

/** The sounds and the level that the clicks of all timelines share; they belong to one context. */
export class ClickOutput {
  readonly #context: BaseAudioContext;
  readonly #gain: GainNode;
  readonly #sounds: readonly [beat: AudioBuffer, accent: AudioBuffer];
  #on = false;

  constructor(context: BaseAudioContext, output: AudioNode, gain: number) {
    this.#context = context;
    this.#gain = new GainNode(context, { gain });
    this.#gain.connect(output);
    this.#on = gain > 0;
    const bufferOf = (kind: 'beat' | 'accent'): AudioBuffer => {
      const samples = clickSound(kind, context.sampleRate);
      const buffer = context.createBuffer(1, samples.length, context.sampleRate);
      buffer.copyToChannel(samples, 0);
      return buffer;
    };
    this.#sounds = [bufferOf('beat'), bufferOf('accent')];
  }

  get on(): boolean {
    return this.#on;
  }

  setGain(gain: number): void {
    this.#on = gain > 0;
    this.#gain.gain.setTargetAtTime(gain, this.#context.currentTime, glideSeconds);
  }

  /** Plays a click at a context time; returns what takes it back, without a step where it has begun by then. */
  start(accent: boolean, at: number): () => void {
    const source = new AudioBufferSourceNode(this.#context, { buffer: this.#sounds[accent ? 1 : 0] });
    const release = new Envelope(this.#context, 'falls');
    source.connect(release.node).connect(this.#gain);
    source.start(at);
    source.onended = () => void release.end().then(() => release.node.disconnect());
    return () => release.start(0, rampSeconds, 0, () => source.stop());
  }
}

/** The clicks of one timeline that have not begun yet. */
export class ClickQueue {
  #waiting: { readonly at: number; readonly takeBack: () => void }[] = [];

  /** Lays out the clicks of a stretch that the playhead comes to; none while the metronome is off. */
  lay({ from, until, timeOf }: Stretch, { seconds, accents }: EngineClicks, output: ClickOutput, now: number): void {
    this.#waiting = this.#waiting.filter(({ at }) => at >= now);
    if (!output.on) return;
    for (let index = firstFrom(seconds, from); index < seconds.length; index++) {
      const position = seconds[index] as number;
      if (position >= until) return;
      const at = timeOf(position);
      this.#waiting.push({ at, takeBack: output.start(accents[index] === 1, at) });
    }
  }

  /** Takes back those from context time `time` on; what sounds already sounds to its end. */
  cut(time: number): void {
    for (const { at, takeBack } of this.#waiting) if (at >= time) takeBack();
    this.#waiting = [];
  }
}

/** Index of the first value that is not below `least`, of ascending ones. */
function firstFrom(values: Float64Array, least: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
