// One sounding clip of the fallback engine: its source, fades, gain and pan as native nodes.
import { BungeeSourceNode } from '../stretch/bungee-node.ts';
import type { EngineClip } from './audio-engine.ts';
import { uncut } from './engine-clip.ts';
import type { TimedClip, VoiceSpan } from './webaudio-clip.ts';
import { type CurveShape, Envelope } from './webaudio-envelope.ts';
import { ClipMix } from './webaudio-mix.ts';
import { type Continued, createSource, placeInFile, type VoiceSound, type VoiceSource } from './webaudio-source.ts';

/** Every start in the middle and every stop takes this long. */
export const rampSeconds = 0.003;

/** What an envelope does to a voice: context times, in seconds. */
interface Curve {
  readonly way: 'rises' | 'falls';
  readonly shape: CurveShape;
  /** Of the whole curve. */
  readonly begin: number;
  readonly seconds: number;
}

export class Voice {
  readonly span: VoiceSpan;
  #timed: TimedClip;
  readonly #source: VoiceSource;
  readonly #envelopes: readonly Envelope[];
  /** Stops it. */
  readonly #release: Envelope;
  readonly #mix: ClipMix;
  #isContinued = false;

  /**
   * A page may be stopped between any two of the calls, so they are in the order in which none of them can make a click.
   * @param continued what a stretched clip goes on from
   */
  constructor(
    context: BaseAudioContext,
    timed: TimedClip,
    sound: VoiceSound,
    span: VoiceSpan,
    output: AudioNode,
    continued?: Continued,
  ) {
    const { clip } = timed;
    this.#timed = timed;
    this.span = span;
    this.#release = new Envelope(context, 'falls');
    this.#mix = new ClipMix(context, clip, output);
    this.#release.node.connect(this.#mix.input);

    const { curves, silentAt } = curvesOf(timed, span);
    const made = curves.map((curve) => ({ curve, envelope: new Envelope(context, curve.way, curve.shape) }));
    this.#envelopes = made.map(({ envelope }) => envelope);
    const first = this.#envelopes.reduceRight<AudioNode>((next, { node }) => {
      node.connect(next);
      return node;
    }, this.#release.node);
    const start = (way: Curve['way']): void => {
      for (const { curve, envelope } of made) if (curve.way === way) startCurve(envelope, curve, span.at);
    };
    start('falls');
    this.#source = createSource(context, timed, sound, { ...span, until: silentAt }, first, continued);
    start('rises');
    this.#source.onended = () => void this.#end();
  }

  get clip(): EngineClip {
    return this.#timed.clip;
  }

  /** Whether another voice may go on from it, which one may. */
  get canBeContinued(): boolean {
    return this.#source instanceof BungeeSourceNode && !this.#isContinued;
  }

  /** It is gone on from, which must be possible. @param within seconds of the file by which what goes on may be elsewhere */
  continued(within: number): Continued | undefined {
    if (!(this.#source instanceof BungeeSourceNode)) return undefined;
    this.#isContinued = true;
    return { source: this.#source, within };
  }

  /** Seconds of the file that are heard at a context time. */
  placeAt(time: number): number {
    return placeInFile(this.#timed, this.span.position + time - this.span.at);
  }

  /** Glides to the clip's gain, pan, mute and pitch. */
  glideTo(clip: EngineClip): void {
    this.#timed = { ...this.#timed, clip };
    this.#mix.glideTo(clip);
    if (this.#source instanceof BungeeSourceNode && clip.stretch) this.#source.pitch.value = clip.stretch.semitones;
  }

  /** Falls silent from `at` on, within one ramp. */
  stop(at: number): void {
    this.#release.start(at, rampSeconds, 0, () => this.#source.stop());
  }

  /** Once the source has ended, and not before: envelopes that end let everything through. */
  async #end(): Promise<void> {
    await Promise.all([this.#release, ...this.#envelopes].map((envelope) => envelope.end()));
    this.#mix.disconnect();
  }
}

/** The fades of a voice, and when it is silent at last. */
function curvesOf({ clip, sampleRate }: TimedClip, span: VoiceSpan): { curves: Curve[]; silentAt: number } {
  const { cut = uncut } = clip;
  const seconds = (frames: number): number => frames / sampleRate;
  const inside = span.position - clip.startSeconds;
  const start = span.at - inside;
  const end = start + seconds(clip.sourceFrames);
  const fade = (way: Curve['way'], begin: number, frames: number): Curve => ({
    ...{ way, begin, seconds: seconds(frames) },
    shape: 'fade',
  });
  const edge = (way: Curve['way'], begin: number): Curve => ({ way, begin, shape: 'line', seconds: rampSeconds });
  // What is cut short by a loop or a jump fades out behind the cut.
  const isCut = end - span.until > seconds(1);
  const silentAt = isCut ? span.until + rampSeconds : span.until;
  const curves = [
    fade('rises', start - seconds(cut.before), clip.fadeInFrames),
    fade('falls', end + seconds(cut.after - clip.fadeOutFrames), clip.fadeOutFrames),
    fade('rises', start, cut.fadeIn),
    fade('falls', end - seconds(cut.fadeOut), cut.fadeOut),
    ...(inside > 0 ? [edge('rises', span.at)] : []),
    ...(isCut ? [edge('falls', span.until)] : []),
  ];
  const isHeard = ({ begin, seconds: length }: Curve): boolean =>
    length > 0 && begin < silentAt && begin + length > span.at;
  return { curves: curves.filter(isHeard), silentAt };
}

/** The part of it that lies after `from`. */
function startCurve(envelope: Envelope, { begin, seconds }: Curve, from: number): void {
  const passed = Math.max(0, from - begin);
  envelope.start(begin + passed, seconds, passed);
}
