// The fallback's voices in a real audio graph against the naive mixer.
import { describe, expect, it } from 'vitest';
import type { EngineClip } from './audio-engine.ts';
import { naiveMix } from './testing/naive-mixer.ts';
import { clipOf, naiveClipsOf, noiseFile, type SoundFile } from './testing/sessions.ts';
import { residual } from './testing/sounds.ts';
import { type LoopSeconds, Playhead } from './webaudio-schedule.ts';
import { Voice } from './webaudio-voice.ts';

const rate = 48_000;
const seconds = 0.5;
const file = noiseFile(1, rate, 2, 20_000);

function bufferOf(context: BaseAudioContext, { channels }: SoundFile): AudioBuffer {
  const buffer = context.createBuffer(channels.length, channels[0]?.length ?? 0, rate);
  for (const [index, channel] of channels.entries()) buffer.copyToChannel(new Float32Array(channel), index);
  return buffer;
}

async function play(clips: readonly EngineClip[], from = 0, loop: LoopSeconds | null = null): Promise<Float32Array[]> {
  const context = new OfflineAudioContext(2, seconds * rate, rate);
  const timed = clips.map((clip) => ({ clip, sampleRate: rate }));
  for (const { timed: clip, span } of new Playhead(0, from, loop).plan(timed, seconds)) {
    new Voice(context, clip, bufferOf(context, file), span, context.destination);
  }
  const rendered = await context.startRendering();
  return [rendered.getChannelData(0), rendered.getChannelData(1)];
}

async function residuals(clips: readonly EngineClip[]): Promise<number[]> {
  const [left, right] = (await play(clips)) as [Float32Array, Float32Array];
  const naive = naiveMix(naiveClipsOf({ files: [file], clips }), rate, 0, seconds * rate);
  return [residual(left, naive.left), residual(right, naive.right)];
}

describe('Voice', () => {
  it('gives the samples of an unprocessed clip back', async () => {
    for (const level of await residuals([clipOf(file, 'a')])) expect(level).toBeLessThan(-140);
  });

  it('follows the pan law and the gain within -120 dB', async () => {
    const clips = [-1, -0.4, 0.3, 1].map((pan, index) =>
      clipOf(file, `clip ${index}`, { pan, gain: 0.4 + index / 10 }),
    );
    for (const level of await residuals(clips)) expect(level).toBeLessThan(-120);
  });

  it('draws fades as curves within -80 dB', async () => {
    const clip = clipOf(file, 'a', { startSeconds: 0.01, fadeInFrames: 4000, fadeOutFrames: 6000 });
    for (const level of await residuals([clip])) expect(level).toBeLessThan(-80);
  });

  it('draws the fades of a part as those of the whole, and those of its cuts, within -80 dB', async () => {
    const clip = clipOf(file, 'a', {
      sourceStart: 2000,
      sourceFrames: 12_000,
      fadeInFrames: 4000,
      fadeOutFrames: 9000,
      cut: { before: 2000, after: 6000, fadeIn: 240, fadeOut: 128 },
    });
    for (const level of await residuals([clip])) expect(level).toBeLessThan(-80);
  });

  it('enters a clip in its middle within 3 ms of silence', async () => {
    const [left] = (await play([clipOf(file, 'a')], 0.1)) as [Float32Array];
    const samples = file.channels[0] as Float32Array;
    expect(Math.abs(left[0] ?? 1)).toBe(0);
    const ramp = 0.003 * rate;
    expect(residual(left.subarray(ramp, 10_000), samples.subarray(4800 + ramp, 4800 + 10_000))).toBeLessThan(-100);
  });

  it('fades out behind every end of a loop that cuts a clip, over its next round', async () => {
    const loop = { start: 0, end: 0.2 };
    const [left] = (await play([clipOf(file, 'a')], 0, loop)) as [Float32Array];
    const samples = file.channels[0] as Float32Array;
    const [end, ramp] = [0.2 * rate, 0.003 * rate];
    const expected = Float32Array.from({ length: left.length }, (_, frame) => {
      const inside = frame % end;
      const fades = frame >= end && inside < ramp;
      return (samples[inside] ?? 0) + (fades ? (samples[end + inside] ?? 0) * (1 - inside / ramp) : 0);
    });
    expect(residual(expected, left)).toBeLessThan(-100);
  });
});
