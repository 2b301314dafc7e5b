// Peak and RMS of what a native node puts out, per side.
import type { MasterMeter } from './feature-frames.ts';

const windowFrames = 1024;

export class OutputMeter {
  readonly #sides: readonly [AnalyserNode, AnalyserNode];
  readonly #samples = new Float32Array(windowFrames);

  constructor(context: BaseAudioContext, node: AudioNode) {
    const splitter = context.createChannelSplitter(2);
    const analyser = (side: number): AnalyserNode => {
      const made = new AnalyserNode(context, { fftSize: windowFrames });
      splitter.connect(made, side);
      return made;
    };
    node.connect(splitter);
    this.#sides = [analyser(0), analyser(1)];
  }

  read(): MasterMeter {
    const [left, right] = [this.#measure(this.#sides[0]), this.#measure(this.#sides[1])];
    return { peak: [left.peak, right.peak], rms: [left.rms, right.rms] };
  }

  #measure(analyser: AnalyserNode): { peak: number; rms: number } {
    analyser.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    let energy = 0;
    for (const sample of this.#samples) {
      peak = Math.max(peak, Math.abs(sample));
      energy += sample * sample;
    }
    return { peak, rms: Math.sqrt(energy / windowFrames) };
  }
}
