// One sounding clip of the fallback engine: its source, fades, gain and pan as native nodes.

import { clamp } from '../core/units.ts';
import { BungeeSourceNode } from '../stretch/bungee-node.ts';
import type { EngineClip } from './audio-engine.ts';
import { uncut } from './engine-clip.ts';
import { fadeLevel, panGains } from './pan-law.ts';
import type { TimedClip, VoiceSpan } from './webaudio-clip.ts';
import { createSource, type VoiceSound, type VoiceSource } from './webaudio-source.ts';

/** Every start in the middle and every stop takes this long. */
export const rampSeconds = 0.003;
const glideSeconds = 256 / 48_000;
const curvePoints = 128;

export class Voice {
  readonly clipId: string;
  readonly until: number;
  readonly #context: BaseAudioContext;
  readonly #source: VoiceSource;
  readonly #edge: GainNode;
  readonly #gain: GainNode;
  readonly #sides: readonly [GainNode, GainNode];
  readonly #merger: ChannelMergerNode;
  /** Context time from which it fades in; long ago where it begins at its start. */
  readonly #enteredAt: number;

  constructor(context: BaseAudioContext, timed: TimedClip, sound: VoiceSound, span: VoiceSpan, output: AudioNode) {
    const { clip, sampleRate } = timed;
    this.#context = context;
    this.clipId = clip.id;
    this.until = span.until;
    const inside = span.position - clip.startSeconds;
    const start = span.at - inside;
    const end = start + clip.sourceFrames / sampleRate;
    // What is cut short by a loop or a jump fades out behind the cut.
    const isCut = end - span.until > 1 / sampleRate;
    const silentAt = isCut ? span.until + rampSeconds : span.until;
    this.#source = createSource(context, timed, sound, { ...span, until: silentAt });
    this.#edge = context.createGain();
    this.#gain = new GainNode(context, { channelCount: 2, channelCountMode: 'explicit' });
    this.#sides = [context.createGain(), context.createGain()];
    const fadeIn = context.createGain();
    const fadeOut = context.createGain();
    const cutIn = context.createGain();
    const cutOut = context.createGain();
    const splitter = context.createChannelSplitter(2);
    this.#merger = context.createChannelMerger(2);
    const fades = this.#source.connect(fadeIn).connect(fadeOut).connect(cutIn).connect(cutOut);
    fades.connect(this.#edge).connect(this.#gain).connect(splitter);
    for (const [side, gain] of this.#sides.entries()) {
      splitter.connect(gain, side);
      gain.connect(this.#merger, 0, side);
    }
    this.#merger.connect(output);
    this.#setMix(clip, false);

    const { cut = uncut } = clip;
    const seconds = (frames: number): number => frames / sampleRate;
    const rising = (gain: GainNode, frames: number, from: number): void =>
      fade(gain.gain, seconds(frames), from, span, (x) => fadeLevel(x));
    const falling = (gain: GainNode, frames: number, until: number): void =>
      fade(gain.gain, seconds(frames), until - seconds(frames), span, (x) => fadeLevel(1 - x));
    rising(fadeIn, clip.fadeInFrames, start - seconds(cut.before));
    falling(fadeOut, clip.fadeOutFrames, end + seconds(cut.after));
    rising(cutIn, cut.fadeIn, start);
    falling(cutOut, cut.fadeOut, end);
    this.#enteredAt = inside > 0 ? span.at : Number.NEGATIVE_INFINITY;
    if (inside > 0) {
      this.#edge.gain.setValueAtTime(0, span.at);
      this.#edge.gain.linearRampToValueAtTime(1, span.at + rampSeconds);
    }
    if (isCut) this.#fadeOut(span.until);
    this.#source.onended = () => this.#merger.disconnect();
  }

  /** Glides to the clip's gain, pan, mute and pitch. */
  glideTo(clip: EngineClip): void {
    this.#setMix(clip, true);
    if (this.#source instanceof BungeeSourceNode && clip.stretch)
      glide(this.#source.pitch, clip.stretch.semitones, this.#context.currentTime);
  }

  /** Falls silent from `at` on, within one ramp. */
  stop(at: number): void {
    this.#edge.gain.cancelAndHoldAtTime(at);
    this.#fadeOut(at);
    this.#source.stop(at + rampSeconds);
  }

  #fadeOut(at: number): void {
    const { gain } = this.#edge;
    // A ramp begins at the event before it, which may be long ago.
    gain.setValueAtTime(clamp((at - this.#enteredAt) / rampSeconds, 0, 1), at);
    gain.linearRampToValueAtTime(0, at + rampSeconds);
  }

  #setMix({ gain, pan, muted }: EngineClip, glides: boolean): void {
    const [left, right] = panGains(pan);
    const now = this.#context.currentTime;
    for (const [param, value] of [
      [this.#gain.gain, muted ? 0 : gain],
      [this.#sides[0].gain, left],
      [this.#sides[1].gain, right],
    ] as const) {
      if (glides) glide(param, value, now);
      else param.value = value;
    }
  }
}

function glide(param: AudioParam, value: number, now: number): void {
  param.cancelAndHoldAtTime(now);
  param.linearRampToValueAtTime(value, now + glideSeconds);
}

/** Draws the part of a fade that lies after the voice's start. @param begin context time of the whole fade's start */
function fade(param: AudioParam, seconds: number, begin: number, span: VoiceSpan, level: (x: number) => number): void {
  const from = Math.max(begin, span.at);
  const to = begin + seconds;
  if (to <= from) return;
  const at = (index: number) => from + ((to - from) * index) / (curvePoints - 1);
  const curve = Float32Array.from({ length: curvePoints }, (_, index) => level((at(index) - begin) / seconds));
  param.value = curve[0] ?? 1;
  param.setValueCurveAtTime(curve, from, to - from);
}
