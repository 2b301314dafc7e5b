// Gains that rise or fall along a curve which begins when the audio thread hears of it, and so never jumps.
import { fadeLevel } from './pan-law.ts';

export type CurveShape = 'line' | 'fade';

/** Frames of a curve as it is stored, and of its last value, which is held by a loop. */
const curveFrames = 1024;
const heldFrames = 1024;
/** What waits for a curve to end waits for so much longer: two quanta, within which both of its sources are heard of. */
const markFrames = 256;

const lingerSeconds = 0.02;

const levels: Readonly<Record<CurveShape, (x: number) => number>> = {
  line: (x) => Math.min(1, x),
  fade: fadeLevel,
};

/**
 * One gain with one curve. Automation of a parameter is bound to the clock: what a page tells too late, because it was stopped
 * for a while, has happened already, and the level jumps. A source that is told too late begins late, at its beginning. So the
 * curve is a sound that is played into the parameter.
 */
export class Envelope {
  readonly node: GainNode;
  readonly #direction: 1 | -1;
  readonly #shape: CurveShape;
  #source: AudioBufferSourceNode | undefined;

  /** @param way it `rises` from 0 to 1, or `falls` from 1 to 0 */
  constructor(context: BaseAudioContext, way: 'rises' | 'falls', shape: CurveShape = 'line') {
    this.#direction = way === 'rises' ? 1 : -1;
    this.#shape = shape;
    this.node = new GainNode(context, { gain: way === 'rises' ? 0 : 1 });
  }

  /**
   * Begins at a context time, or as soon as the audio thread hears of it.
   * @param passed seconds of the curve that lie before
   * @param onDone called when the gain has arrived
   */
  start(at: number, seconds: number, passed = 0, onDone?: () => void): void {
    const { context, gain } = this.node;
    const { sampleRate } = context;
    const speed = curveFrames / (seconds * sampleRate);
    this.#source = new AudioBufferSourceNode(context, {
      buffer: curveOf(context, this.#shape, this.#direction),
      playbackRate: speed,
      loop: true,
      loopStart: (curveFrames + 1) / sampleRate,
      loopEnd: (curveFrames + heldFrames) / sampleRate,
    });
    this.#source.connect(gain);
    this.#source.start(Math.max(0, at), passed * speed);
    if (onDone) this.#mark(at, seconds - passed, onDone);
  }

  /** Lets go of the curve, which else holds its last value for good; what it shaped has ended. Resolves when it may be disconnected. */
  end(): Promise<void> {
    const source = this.#source;
    if (!source) return Promise.resolve();
    return new Promise((resolve) => {
      source.onended = () => resolve();
      // The quantum in which it ended may still be under way.
      source.stop(this.node.context.currentTime + lingerSeconds);
    });
  }

  /** Silence that begins with the curve, or later, and ends after it. */
  #mark(at: number, seconds: number, onDone: () => void): void {
    const { context, gain } = this.node;
    const frames = Math.ceil(seconds * context.sampleRate) + markFrames;
    const source = new AudioBufferSourceNode(context, { buffer: context.createBuffer(1, frames, context.sampleRate) });
    source.onended = () => {
      source.disconnect();
      onDone();
    };
    source.connect(gain);
    source.start(Math.max(0, at));
  }
}

const curves = new WeakMap<BaseAudioContext, Map<string, AudioBuffer>>();

/** Made once for each context. */
function curveOf(context: BaseAudioContext, shape: CurveShape, direction: 1 | -1): AudioBuffer {
  const known = curves.get(context) ?? new Map<string, AudioBuffer>();
  curves.set(context, known);
  const key = `${shape} ${direction}`;
  const made = known.get(key);
  if (made) return made;
  const buffer = context.createBuffer(1, curveFrames + heldFrames, context.sampleRate);
  const level = levels[shape];
  buffer.copyToChannel(
    Float32Array.from({ length: curveFrames + heldFrames }, (_, frame) => direction * level(frame / curveFrames)),
    0,
  );
  known.set(key, buffer);
  return buffer;
}
