// Null tests: the engine's offline render against a mixer that is written for clarity alone.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { engineConstants } from '../protocol/engine-layout.ts';
import { renderToMemory } from './render-to-memory.ts';
import { compileEngine } from './testing/engine-file.ts';
import { naiveMix } from './testing/naive-mixer.ts';
import {
  clipOf,
  deltasOf,
  naiveClipsOf,
  noiseFile,
  openSourceOf,
  sessions,
  soundFile,
  type TestSession,
  timelineId,
} from './testing/sessions.ts';
import { firstDifference, residual, sine } from './testing/sounds.ts';

const { PAGE_FRAMES } = engineConstants;

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const render = (session: TestSession, sampleRate: number, from: number, to: number, channels = 2) =>
  renderToMemory({
    module,
    deltas: deltasOf(session),
    timelineId,
    from,
    to,
    sampleRate,
    channels,
    openSource: openSourceOf(session),
  });

async function compare(session: TestSession, sampleRate: number, from: number, to: number) {
  const { channels } = await render(session, sampleRate, from, to);
  const frames = Math.round(to * sampleRate) - Math.round(from * sampleRate);
  const naive = naiveMix(naiveClipsOf(session), sampleRate, Math.round(from * sampleRate), frames);
  return [
    [channels[0] as Float32Array, naive.left],
    [channels[1] as Float32Array, naive.right],
  ] as const;
}

const differences = (one: readonly Float32Array[], other: readonly Float32Array[]): number[] =>
  one.map((channel, index) => firstDifference(channel, other[index] ?? new Float32Array()));

describe('renderOffline', () => {
  it('gives the samples of one clip back bit for bit', async () => {
    const file = noiseFile(1, 48_000, 2, 40_000);
    const { channels } = await render({ files: [file], clips: [clipOf(file, 'a')] }, 48_000, 0, 40_000 / 48_000);
    expect(differences(channels, file.channels)).toEqual([-1, -1]);
  });

  it('equals the naive mixer bit for bit where nothing is processed', async () => {
    const arbitrary = sessions({ sampleRates: [48_000], processed: false, mostChannels: 2 });
    const start = fc.double({ min: 0, max: 0.6, noNaN: true });
    await fc.assert(
      fc.asyncProperty(arbitrary, start, async (session, from) => {
        for (const [engine, naive] of await compare(session, 48_000, from, from + 0.9)) {
          expect(firstDifference(engine, naive)).toBe(-1);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('stays within -140 dB of the naive mixer through gains, pans and fades', async () => {
    const arbitrary = sessions({ sampleRates: [44_100], processed: true, mostChannels: 8 });
    await fc.assert(
      fc.asyncProperty(arbitrary, async (session) => {
        for (const [engine, naive] of await compare(session, 44_100, 0, 1.5)) {
          expect(residual(engine, naive)).toBeLessThan(-140);
        }
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [44_100, 48_000],
    [48_000, 44_100],
    [96_000, 48_000],
    [8_000, 48_000],
    [192_000, 44_100],
    [11_025, 96_000],
    [47_952, 48_000],
  ])('resamples %i Hz into %i Hz within -140 dB of the direct evaluation', async (fileRate, contextRate) => {
    const arbitrary = sessions({ sampleRates: [fileRate, contextRate], processed: true, mostChannels: 2 });
    await fc.assert(
      fc.asyncProperty(arbitrary, async (session) => {
        for (const [engine, naive] of await compare(session, contextRate, 0.01, 0.16)) {
          expect(residual(engine, naive)).toBeLessThan(-140);
        }
      }),
      { numRuns: 3 },
    );
  });

  it('keeps a 1 kHz tone at its level through a change of rate', async () => {
    const file = soundFile('tone', 44_100, [sine(44_100, 44_100, 1000)]);
    const { channels } = await render({ files: [file], clips: [clipOf(file, 'a')] }, 48_000, 0.2, 0.8);
    const ideal = sine(38_400, 48_000, 1000).subarray(9600);
    expect(residual(channels[0]?.subarray(0, ideal.length) ?? new Float32Array(), ideal)).toBeLessThan(-100);
  });

  it('halves the sum of left and right for a mono render', async () => {
    const file = noiseFile(7, 48_000, 2, 5000);
    const { channels } = await render({ files: [file], clips: [clipOf(file, 'a')] }, 48_000, 0, 5000 / 48_000, 1);
    const [left, right] = file.channels as [Float32Array, Float32Array];
    const half = left.map((sample, frame) => (sample + (right[frame] ?? 0)) / 2);
    expect(differences(channels, [half])).toEqual([-1]);
  });

  it('makes room for what plays among the heads of more clips than the pool first holds', async () => {
    const played = noiseFile(11, 48_000, 1, 10 * PAGE_FRAMES);
    const silence = soundFile('silence', 48_000, [new Float32Array(340 * PAGE_FRAMES)]);
    const heads = Array.from({ length: 300 }, (_, page) =>
      clipOf(silence, `head ${page}`, { startSeconds: 4, sourceStart: page * PAGE_FRAMES, sourceFrames: 48 }),
    );
    const joining = Array.from({ length: 10 }, (_, index) =>
      clipOf(silence, `joining ${index}`, {
        startSeconds: 1,
        sourceStart: (300 + 4 * index) * PAGE_FRAMES,
        sourceFrames: 4 * PAGE_FRAMES,
      }),
    );
    const session = { files: [played, silence], clips: [clipOf(played, 'played'), ...heads, ...joining] };
    const { channels } = await render(session, 48_000, 0, 3, 1);
    expect(differences(channels, [played.channels[0]?.subarray(0, 3 * 48_000) ?? new Float32Array()])).toEqual([-1]);
  });

  it('renders stems that add up to the mix', async () => {
    const file = noiseFile(3, 48_000, 2, 20_000);
    const clips = ['a', 'b', 'c'].map((id, index) => clipOf(file, id, { startSeconds: index * 0.1, gain: 0.25 }));
    const session = { files: [file], clips };
    const { channels, stems } = await renderToMemory(
      {
        module,
        deltas: deltasOf(session),
        timelineId,
        from: 0,
        to: 0.7,
        sampleRate: 48_000,
        openSource: openSourceOf(session),
      },
      { a: 'drums', b: 'drums' },
    );
    expect(Object.keys(stems ?? {})).toEqual(['drums', 'ungrouped']);
    const sum = stems?.drums?.[0]?.map((sample, frame) => sample + (stems.ungrouped?.[0]?.[frame] ?? 0));
    expect(residual(sum ?? new Float32Array(), channels[0] as Float32Array)).toBeLessThan(-140);
  });

  it('is the same wherever it begins', async () => {
    const file = noiseFile(9, 44_100, 2, 40_000);
    const session = { files: [file], clips: [clipOf(file, 'a', { gain: 0.7, pan: -0.3 })] };
    const whole = (await render(session, 48_000, 0, 0.8)).channels;
    const late = (await render(session, 48_000, 0.25, 0.8)).channels;
    const rest = whole.map((channel) => channel.subarray(12_000));
    expect(differences(late, rest)).toEqual([-1, -1]);
  });

  it('ends with ERR_EXPORT_CANCELLED when it is aborted', async () => {
    const file = noiseFile(5, 48_000, 1, 1000);
    const session = { files: [file], clips: [clipOf(file, 'a')] };
    const signal = AbortSignal.abort();
    const options = { module, deltas: deltasOf(session), timelineId, from: 0, to: 5, sampleRate: 48_000, signal };
    const rendered = renderToMemory({ ...options, openSource: openSourceOf(session) });
    await expect(rendered).rejects.toMatchObject({ report: { code: 5009 } });
  });

  it('says so when the result does not fit into memory', async () => {
    const file = noiseFile(5, 48_000, 1, 1000);
    const session = { files: [file], clips: [clipOf(file, 'a')] };
    await expect(render(session, 48_000, 0, 1e9)).rejects.toMatchObject({
      message: expect.stringContaining('too long for memory'),
      report: { code: 2007 },
    });
  });

  it('ends with ERR_STORAGE_READ when a file is shorter than it says', async () => {
    const file = noiseFile(5, 48_000, 1, 20_000);
    const session = { files: [file], clips: [clipOf(file, 'a')] };
    const openSource = async (hash: string) => ({ ...(await openSourceOf(session)(hash)), read: () => 0 });
    const rendered = renderToMemory({
      module,
      deltas: deltasOf(session),
      timelineId,
      from: 0,
      to: 0.2,
      sampleRate: 48_000,
      openSource,
    });
    await expect(rendered).rejects.toMatchObject({ report: { code: 1005 } });
  });
});
