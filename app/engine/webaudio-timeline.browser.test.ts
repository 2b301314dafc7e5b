// Triggers of the fallback engine in a real audio graph, its clock stopped for each tick: what is heard, and when.
import { describe, expect, it } from 'vitest';
import { clipOf, noiseFile } from './testing/sessions.ts';
import { residual } from './testing/sounds.ts';
import { type Part, playTimelines, rate, startSeconds } from './testing/webaudio-timelines.ts';
import type { WebAudioTimeline } from './webaudio-timeline.ts';

const seconds = 3;
const actSeconds = 0.5;
const startFrames = startSeconds * rate;
const file = noiseFile(1, rate, 1, 60_000);
const samples = file.channels[0] as Float32Array<ArrayBuffer>;

/** Plays the first timeline from zero. @param act on the first one, at `actSeconds` */
const play = (
  parts: Readonly<Record<string, Part>>,
  act: (timeline: WebAudioTimeline, context: OfflineAudioContext) => void = () => undefined,
) => playTimelines(parts, { files: [file], seconds, acts: [{ at: actSeconds, act }] });

const part = (from: number, frames: number): Float32Array => samples.subarray(from, from + frames);

/** How far, in dB, the output from a frame after the start on is from what should be heard. */
const differenceAt = (output: Float32Array, frame: number, expected: Float32Array): number =>
  residual(expected, output.subarray(startFrames + frame, startFrames + frame + expected.length));

describe('WebAudioTimeline', () => {
  it('plays clips in the order in which triggers chain them', async () => {
    const clips = [0, 1, 2].map((index) =>
      clipOf(file, `${index}`, {
        startSeconds: index / 2,
        sourceStart: index * 20_000,
        sourceFrames: 24_000 - 1 - index,
      }),
    );
    const endOf = (index: number): number => index / 2 + (24_000 - 1 - index) / rate;
    const { output, fired } = await play({
      song: {
        clips,
        triggers: [
          { id: 'first', atSeconds: endOf(0), action: { type: 'jump', seconds: 1 } },
          { id: 'second', atSeconds: endOf(2), action: { type: 'choose', seconds: [0.5, 0.5], seed: 1 } },
          { id: 'third', atSeconds: endOf(1), action: { type: 'stop' } },
        ],
      },
    });
    const [first, second, third] = [23_999, 23_997, 23_998];
    expect(differenceAt(output, 0, part(0, first))).toBeLessThan(-100);
    expect(differenceAt(output, first, part(40_000, second).subarray(0, 20_000))).toBeLessThan(-100);
    expect(differenceAt(output, first + second, part(20_000, third))).toBeLessThan(-100);
    const rest = output.subarray(startFrames + first + second + third);
    expect(rest.every((sample) => sample === 0)).toBe(true);
    expect(fired).toEqual([
      ['first', startFrames + first],
      ['second', startFrames + first + second],
      ['third', startFrames + first + second + third],
    ]);
  });

  it.each([1, 2, 3])(
    'goes on at the right place when the page is stopped after reading the clock %d times',
    async (reads) => {
      const clip = clipOf(file, 'a');
      const { output } = await play({ song: { clips: [clip], triggers: [] } }, (timeline, context) => {
        let read = 0;
        Object.defineProperty(context, 'currentTime', {
          configurable: true,
          get: () => (read++ < reads ? actSeconds - 0.1 : actSeconds),
        });
        timeline.putClip({ clip: { ...clip, sourceFrames: clip.sourceFrames - 1 }, sampleRate: rate });
        Reflect.deleteProperty(context, 'currentTime');
      });
      const again = 0.6 * rate;
      expect(differenceAt(output, again, part(again, rate / 2))).toBeLessThan(-100);
    },
  );

  it('starts and stops another timeline on the frame', async () => {
    const { output, fired, timelines } = await play({
      song: {
        clips: [],
        triggers: [
          { id: 'start', atSeconds: 0.5, action: { type: 'play', timelineId: 'other', seconds: 0.25 } },
          { id: 'stop', atSeconds: 1, action: { type: 'stopOther', timelineId: 'other' } },
        ],
      },
      other: { clips: [clipOf(file, 'a', { startSeconds: 0.25 })], triggers: [] },
    });
    const before = output.subarray(0, startFrames + rate / 2);
    expect(before.every((sample) => sample === 0)).toBe(true);
    expect(differenceAt(output, rate / 2, part(0, rate / 2))).toBeLessThan(-100);
    const after = output.subarray(startFrames + rate + rate / 100);
    expect(after.every((sample) => sample === 0)).toBe(true);
    expect(fired).toEqual([
      ['start', startFrames + rate / 2],
      ['stop', startFrames + rate],
    ]);
    expect(timelines.get('other')?.position()).toMatchObject({ playing: false, seconds: expect.closeTo(0.75, 6) });
  });
});
