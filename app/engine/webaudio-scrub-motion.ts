// How a dragged playhead of the fallback engine follows the hand: as native nodes, so that a busy page cannot make it jump.
import { fadeLevel } from './pan-law.ts';

/** Time constant of both halves of the spring. */
const springSeconds = 0.04;
/** Times normal speed: silent up to the one, as loud as it is from the other on. */
const [quietSpeed, fullSpeed] = [0.02, 0.1];
const shaperPoints = 2049;

/**
 * A critically damped spring is two first-order filters in a row: a parameter that approaches the hand, and a filter behind
 * it. The difference of the two is the speed.
 */
export class ScrubMotion {
  /** Where the playhead is: seconds from where it was when it was grasped. */
  readonly place: AudioNode;
  /** What sounds goes through here: silent at rest, at full level from a tenth of normal speed on. */
  readonly output: AudioNode;
  readonly #hand: ConstantSourceNode;
  readonly #level: GainNode;

  constructor(context: BaseAudioContext, output: AudioNode) {
    this.#hand = new ConstantSourceNode(context, { offset: 0 });
    const remains = Math.exp(-1 / (springSeconds * context.sampleRate));
    this.place = new IIRFilterNode(context, { feedforward: [1 - remains], feedback: [1, -remains] });
    const scale = 1 / (springSeconds * fullSpeed);
    const ahead = new GainNode(context, { gain: scale });
    const behind = new GainNode(context, { gain: -scale });
    const middle = (shaperPoints - 1) / 2;
    const audibility = new WaveShaperNode(context, {
      curve: Float32Array.from({ length: shaperPoints }, (_, at) => {
        const speed = (Math.abs(at - middle) / middle) * fullSpeed;
        return fadeLevel((speed - quietSpeed) / (fullSpeed - quietSpeed));
      }),
    });
    this.#level = new GainNode(context, { gain: 0 });
    this.output = this.#level;
    this.#hand.connect(this.place);
    this.#hand.connect(ahead).connect(audibility);
    this.place.connect(behind).connect(audibility);
    audibility.connect(this.#level.gain);
    this.#level.connect(output);
    this.#hand.start();
  }

  /** The hand is so many seconds from where it grasped the playhead. */
  lead(seconds: number): void {
    this.#hand.offset.setTargetAtTime(seconds, this.#hand.context.currentTime, springSeconds);
  }

  end(): void {
    this.#hand.onended = () => this.#level.disconnect();
    this.#hand.stop();
  }
}
