// Stretched clips of the fallback in a real audio graph, against the file stretched as a whole.
import { describe, expect, it } from 'vitest';
import { stretchedFrame } from '../core/stretched-frames.ts';
import { BungeeSourceNode } from '../stretch/bungee-node.ts';
import { BungeeSound } from '../stretch/bungee-sounds.ts';
import { instantiateStretch } from '../stretch/stretch-module.ts';
import { stretchedBlocks } from '../stretch/stretched-blocks.ts';
import { bungeeFiles } from '../stretch/testing/bungee.ts';
import type { EngineClip } from './audio-engine.ts';
import { largestStep, level, loudest } from './testing/measures.ts';
import { clipOf, type SoundFile, soundFile } from './testing/sessions.ts';
import { noise, residual, sine } from './testing/sounds.ts';
import { canGlide } from './webaudio-clip.ts';
import { type LoopSeconds, Playhead } from './webaudio-schedule.ts';
import { StretchSounds } from './webaudio-stretch.ts';
import { Voice } from './webaudio-voice.ts';

const rate = 48_000;
const seconds = 1;
const fileFrames = 30_000;

/** Bursts of noise over a chord, so that every place can be told from every other. */
function material(): Float32Array {
  const hiss = noise(fileFrames, 5, 0.4);
  const [low, high] = [sine(fileFrames, rate, 220, 0.2), sine(fileFrames, rate, 553, 0.2)];
  return hiss.map((sample, at) => sample * Math.exp(-(at % 6000) / 600) + (low[at] ?? 0) + (high[at] ?? 0));
}

const file: SoundFile = soundFile('file', rate, [material(), noise(fileFrames, 6, 0.3)]);

interface Playing {
  readonly from?: number;
  readonly loop?: LoopSeconds;
  /** Is given the voices once the audio thread has them. */
  readonly meanwhile?: (context: OfflineAudioContext, voices: readonly Voice[]) => void;
  readonly played?: SoundFile;
}

async function play(clip: EngineClip, { from = 0, loop, meanwhile, played = file }: Playing = {}) {
  const context = new OfflineAudioContext(2, seconds * rate, rate);
  const stretched = new StretchSounds(context, bungeeFiles, (report) => expect.unreachable(report.msg));
  const buffer = context.createBuffer(played.channels.length, fileFrames, rate);
  for (const [channel, samples] of played.channels.entries()) buffer.copyToChannel(new Float32Array(samples), channel);
  const sound = await stretched.load(played.hash, buffer);
  if (!sound) return expect.unreachable();
  const planned = new Playhead(0, from, loop ?? null).plan([{ clip, sampleRate: rate }], seconds);
  const voices = planned.map(({ timed, span }) => new Voice(context, timed, sound, span, context.destination));
  // Once the audio thread answers a later question it has heard the earlier ones.
  await new BungeeSourceNode(context, { sound }).settled();
  await BungeeSound.load(context, [new Float32Array(1)], rate);
  meanwhile?.(context, voices);
  const rendered = await context.startRendering();
  return [rendered.getChannelData(0), rendered.getChannelData(1)] as const;
}

/** The whole file, stretched. */
async function stretchedFile(ratio: number, semitones: number): Promise<Float32Array[]> {
  const { module } = await bungeeFiles();
  const frames = stretchedFrame(fileFrames, ratio);
  const whole = file.channels.map(() => new Float32Array(frames));
  const sound = {
    channels: file.channels.length,
    ...{ sampleRate: rate, frames: fileFrames },
    read: (channel: number, begin: number, samples: Float32Array) =>
      samples.set(file.channels[channel]?.subarray(begin, begin + samples.length) ?? []),
  };
  let done = 0;
  for (const block of stretchedBlocks(instantiateStretch(module), sound, { ratio, semitones, grains: 'steady' })) {
    for (const [channel, samples] of block.entries()) whole[channel]?.set(samples, done);
    done += block[0]?.length ?? 0;
  }
  return whole;
}

const stretchedClip = (ratio: number, semitones: number, properties: Partial<EngineClip> = {}): EngineClip =>
  clipOf(file, 'a', {
    stretch: { ratio, semitones },
    sourceFrames: stretchedFrame(fileFrames, ratio),
    ...properties,
  });

describe('a stretched clip', () => {
  it.each([
    [1.25, 0],
    [0.6, 4],
    [1, -7],
  ])(
    'at ratio %d and %d semitones is its file stretched, from the first frame to the last',
    async (ratio, semitones) => {
      const start = 4800;
      const heard = await play(stretchedClip(ratio, semitones, { startSeconds: start / rate }));
      const expected = await stretchedFile(ratio, semitones);
      for (const [channel, samples] of heard.entries()) {
        const whole = new Float32Array(seconds * rate);
        whole.set((expected[channel] as Float32Array).subarray(0, whole.length - start), start);
        expect(residual(samples, whole)).toBeLessThan(-120);
      }
    },
  );

  it('begins again with every pass of a loop', async () => {
    const loop = { start: 0, end: 0.25 };
    const [left] = await play(stretchedClip(1.25, 3), { loop });
    const frames = 0.25 * rate;
    // Behind the tail of the round before.
    const roundAt = (pass: number): Float32Array => left.slice(pass * frames + 144, (pass + 1) * frames);
    expect(level(roundAt(0))).toBeGreaterThan(0.1);
    for (let pass = 1; pass < 4; pass++) expect(residual(roundAt(pass), roundAt(0))).toBeLessThan(-120);
  });

  it('is entered in its middle at the right place, within 3 ms of silence', async () => {
    const click = new Float32Array(fileFrames);
    click[15_000] = 1;
    const clicked = soundFile('click', rate, [click]);
    for (const [from, ratio] of [
      [0.2, 1.5],
      [0.1, 0.7],
    ] as const) {
      const [left] = await play({ ...stretchedClip(ratio, 0), hash: 'click' }, { from, played: clicked });
      expect(Math.abs(loudest(left) - (15_000 * ratio - from * rate))).toBeLessThan(48);
    }
    const tone = soundFile('tone', rate, [sine(fileFrames, rate, 500)]);
    const [entered] = await play({ ...stretchedClip(1.5, 0), hash: 'tone' }, { from: 0.2, played: tone });
    expect(Math.abs(entered[0] ?? 1)).toBe(0);
    const decibels = 20 * Math.log10(level(entered.subarray(144, 144 + 960)) / (0.5 / Math.SQRT2));
    expect(Math.abs(decibels)).toBeLessThan(0.5);
  });

  it('glides to another pitch without a click', async () => {
    const tone = soundFile('tone', rate, [sine(fileFrames, rate, 400)]);
    const clip = { ...stretchedClip(1.5, 0), hash: 'tone' };
    const shifted = { ...clip, stretch: { ratio: 1.5, semitones: 12 } };
    const [left] = await play(clip, {
      played: tone,
      meanwhile: (context, voices) => {
        void context.suspend(0.3).then(() => {
          for (const voice of voices) voice.glideTo(shifted);
          return context.resume();
        });
      },
    });
    const rises = (from: number, to: number): number => {
      let count = 0;
      for (let at = from; at < to; at++) if ((left[at] ?? 0) < 0 && (left[at + 1] ?? 0) >= 0) count++;
      return count;
    };
    expect(Math.abs(rises(2400, 14_400) - 100)).toBeLessThanOrEqual(1);
    expect(Math.abs(rises(24_000, 36_000) - 200)).toBeLessThanOrEqual(1);
    expect(largestStep(left.subarray(0, 40_000))).toBeLessThan(1.5 * 0.5 * 2 * Math.sin((Math.PI * 800) / rate));
  });

  it('keeps its voice when its mix or pitch changes alone', () => {
    const clip = stretchedClip(1.5, 2);
    expect(canGlide(clip, { ...clip, gain: 0.5, stretch: { ratio: 1.5, semitones: -3 } })).toBe(true);
    expect(canGlide(clip, { ...clip, stretch: { ratio: 1.6, semitones: 2 } })).toBe(false);
    expect(canGlide(clip, { ...clip, sourceStart: 1 })).toBe(false);
    const { stretch: _, ...plain } = clip;
    expect(canGlide(clip, plain)).toBe(false);
    expect(canGlide(plain, { ...plain, pan: 1 })).toBe(true);
  });
});

describe('StretchSounds', () => {
  it('copies a sound once, and reports once that it cannot', async () => {
    const context = new OfflineAudioContext(1, 128, rate);
    const buffer = context.createBuffer(2, 1000, rate);
    const sounds = new StretchSounds(context, bungeeFiles, (report) => expect.unreachable(report.msg));
    const [one, two] = await Promise.all([sounds.load('a', buffer), sounds.load('a', buffer)]);
    expect(one).toBe(two);
    expect(sounds.get('a')).toBe(one);
    expect(sounds.bytes).toBe(8000);
    const reported: string[] = [];
    const failing = new StretchSounds(
      context,
      () => Promise.reject(new Error('offline')),
      ({ name }) => reported.push(name),
    );
    expect(await failing.load('a', buffer)).toBeUndefined();
    expect(await failing.load('a', buffer)).toBeUndefined();
    expect(reported).toEqual(['ERR_ENGINE_START']);
  });
});
