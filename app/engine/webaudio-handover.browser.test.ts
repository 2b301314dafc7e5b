// Stretched clips of the fallback that go on under another name, or at another place: what is heard meanwhile.
import { describe, expect, it } from 'vitest';
import { stretchedFrame } from '../core/stretched-frames.ts';
import type { EngineClip } from './audio-engine.ts';
import { largestStep, lowestLevel } from './testing/measures.ts';
import { clipOf, type SoundFile, soundFile } from './testing/sessions.ts';
import { noise, residual, sine } from './testing/sounds.ts';
import { playTimelines, rate } from './testing/webaudio-timelines.ts';
import type { WebAudioTimeline } from './webaudio-timeline.ts';

const fileFrames = 60_000;
const chord = [220, 331, 553].map((hertz) => sine(fileFrames, rate, hertz, 0.15));
const file: SoundFile = soundFile('file', rate, [
  noise(fileFrames, 5, 0.2).map((sample, at) => sample + chord.reduce((sum, tone) => sum + (tone[at] ?? 0), 0)),
]);

const stretchedClip = (ratio: number, semitones: number, properties: Partial<EngineClip> = {}): EngineClip =>
  clipOf(file, 'a', { stretch: { ratio, semitones }, sourceFrames: stretchedFrame(fileFrames, ratio), ...properties });

/** A clip cut into two at a frame of its stretched file. */
function split(clip: EngineClip, frame: number): EngineClip[] {
  const rest = { id: 'b', startSeconds: clip.startSeconds + frame / rate, sourceStart: clip.sourceStart + frame };
  return [
    { ...clip, sourceFrames: frame },
    { ...clip, ...rest, sourceFrames: clip.sourceFrames - frame },
  ];
}

const seconds = 2;

const decibels = (one: number, other: number): number => 20 * Math.log10(one / other);

describe('a stretched clip of the fallback', () => {
  it.each([
    [1.25, 0, 20_000],
    [0.7, 4, 12_345],
    [1.6, -5, 40_001],
  ])('that is split nulls against the whole, at ratio %d and %d semitones', async (ratio, semitones, frame) => {
    const clip = stretchedClip(ratio, semitones, { startSeconds: 0.1 });
    const whole = await playTimelines({ song: { clips: [clip] } }, { files: [file], seconds });
    const halves = await playTimelines({ song: { clips: split(clip, frame) } }, { files: [file], seconds });
    expect(residual(halves.output, whole.output)).toBeLessThan(-140);
  });

  it('sounds on while something else is edited', async () => {
    const clip = stretchedClip(1.25, 3);
    const whole = await playTimelines({ song: { clips: [clip] } }, { files: [file], seconds });
    const acts = [0.3, 0.5, 0.6].map((at) => ({
      at,
      act: (timeline: WebAudioTimeline) => timeline.setLoop({ start: 0, end: 100 + at }),
    }));
    const edited = await playTimelines({ song: { clips: [clip] } }, { files: [file], seconds, acts });
    expect(residual(edited.output, whole.output)).toBeLessThan(-100);
  });
});

describe('a new tempo while stretched clips of the fallback play', () => {
  const level = 0.08;
  const count = 8;
  const frames = 4 * rate;
  const tones = Array.from({ length: count }, (_, index) =>
    soundFile(`tone ${index}`, rate, [sine(frames, rate, 100 * (index + 1), level)]),
  );
  const together = level * Math.sqrt(count / 2);
  /** As many sines, stretched by ratios of their own, that begin earlier by so many seconds for each second. */
  const clips = (slope: number): EngineClip[] =>
    tones.map((tone, index) => {
      const ratio = 1.2 + index / 10;
      const place = { stretch: { ratio, semitones: 0 }, sourceFrames: stretchedFrame(frames, ratio) };
      return clipOf(tone, `${index}`, { startSeconds: (index / 20) * slope, ...place });
    });
  const playFrom = 1;

  it('moves them to their new places without a gap or a click', async () => {
    const slopes = [1.2, 0.9, 1.4, 1.35, 0.7];
    const acts = slopes.map((slope, index) => ({
      at: 0.5 + index / 5,
      act(timeline: WebAudioTimeline): void {
        timeline.hold();
        for (const clip of clips(slope)) timeline.putClip({ clip, sampleRate: rate });
        const from = timeline.position().seconds;
        timeline.settle({ from, to: (from * slope) / (slopes[index - 1] ?? 1) });
      },
    }));
    const { output } = await playTimelines(
      { song: { clips: clips(1) } },
      { files: tones, seconds, from: playFrom, acts },
    );
    const steady = output.subarray(0.2 * rate, 0.5 * rate);
    const changing = output.subarray(0.5 * rate, 1.8 * rate);
    expect(decibels(lowestLevel(changing, 960), together)).toBeGreaterThan(-0.2);
    expect(largestStep(changing)).toBeLessThan(1.01 * largestStep(steady));
  });
});
