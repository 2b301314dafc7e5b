// Gain, pan and mute of a clip of the fallback engine as native nodes.
import type { EngineClip } from './audio-engine.ts';
import { panGains } from './pan-law.ts';

/** Time constant of a change. */
const glideSeconds = 0.002;

export class ClipMix {
  readonly #gain: GainNode;
  readonly #sides: readonly [GainNode, GainNode];
  readonly #merger: ChannelMergerNode;

  constructor(context: BaseAudioContext, clip: EngineClip, output: AudioNode) {
    this.#gain = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
    this.#sides = [context.createGain(), context.createGain()];
    this.#merger = context.createChannelMerger(2);
    this.#set(clip, (param, value) => {
      param.value = value;
    });
    const splitter = context.createChannelSplitter(2);
    this.#gain.connect(splitter);
    for (const [side, gain] of this.#sides.entries()) {
      splitter.connect(gain, side);
      gain.connect(this.#merger, 0, side);
    }
    this.#merger.connect(output);
  }

  get input(): AudioNode {
    return this.#gain;
  }

  glideTo(clip: EngineClip): void {
    const now = this.#gain.context.currentTime;
    // This kind of change goes on from where the value is, however late it is heard of.
    this.#set(clip, (param, value) => param.setTargetAtTime(value, now, glideSeconds));
  }

  disconnect(): void {
    this.#merger.disconnect();
  }

  #set({ gain, pan, muted }: EngineClip, set: (param: AudioParam, value: number) => void): void {
    const [left, right] = panGains(pan);
    set(this.#gain.gain, muted ? 0 : gain);
    set(this.#sides[0].gain, left);
    set(this.#sides[1].gain, right);
  }
}
