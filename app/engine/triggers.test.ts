// Triggers in the real module: random chains live and offline against a player that is written for clarity alone.
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineClip, EngineDelta, EngineTrigger, TriggerAction, TriggerFired } from './audio-engine.ts';
import { renderToMemory } from './render-to-memory.ts';
import { compileEngine } from './testing/engine-file.ts';
import { LiveEngine } from './testing/live-engine.ts';
import { type NaiveTimeline, naivePlay } from './testing/naive-player.ts';
import { clipDelta, clipOf, noiseFile, openSourceOf, type SoundFile, sourcesOf } from './testing/sessions.ts';
import { firstDifference, residual } from './testing/sounds.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const quantum = 128;
const names = ['first', 'second', 'third'] as const;

interface Scene {
  readonly file: SoundFile;
  readonly timelines: readonly {
    readonly id: string;
    readonly clips: readonly EngineClip[];
    readonly triggers: readonly EngineTrigger[];
  }[];
}

const naiveOf = ({ file, timelines }: Scene): NaiveTimeline[] =>
  timelines.map(({ clips, ...timeline }) => ({ ...timeline, clips: clips.map((clip) => ({ clip, ...file })) }));

const deltasOf = ({ file, timelines }: Scene): EngineDelta[] =>
  timelines.flatMap(({ id, clips, triggers }): EngineDelta[] => [
    ...clips.map((clip) => clipDelta(file, clip)),
    { type: 'triggers', timelineId: id, triggers },
  ]);

async function playLive(scene: Scene, quanta: number) {
  const engine = new LiveEngine(module, rate, sourcesOf({ files: [scene.file] }));
  const fired: TriggerFired[] = [];
  engine.control.onTrigger((one) => fired.push(one));
  await engine.control.apply(deltasOf(scene));
  await engine.play(names[0], 0);
  engine.render(quanta);
  engine.control.collect();
  return { engine, fired, output: engine.output() };
}

const renderScene = async (scene: Scene, frames: number, followActions = true): Promise<Float32Array[]> => {
  const render = {
    module,
    deltas: deltasOf(scene),
    timelineId: names[0],
    from: 0,
    to: frames / rate,
    sampleRate: rate,
  };
  const openSource = openSourceOf({ files: [scene.file], clips: [] });
  return (await renderToMemory({ ...render, openSource, followActions })).channels;
};

/** Clips of one file, one after the other, each of another length; the places where they begin, and where the last ends. */
function laidOut(file: SoundFile, timelineId: string, lengths: readonly number[], gap: number) {
  const starts: number[] = [];
  let at = gap;
  for (const length of lengths) {
    starts.push(at);
    at += length + gap;
  }
  const clips = lengths.map((length, index) =>
    clipOf(file, `${timelineId} ${index}`, {
      timelineId,
      startSeconds: (starts[index] ?? 0) / rate,
      sourceStart: 1000 * index + index,
      sourceFrames: length,
    }),
  );
  const ends = starts.map((start, index) => start + (lengths[index] ?? 0));
  return { clips, starts: starts.map((frame) => frame / rate), ends: ends.map((frame) => frame / rate) };
}

/** Short ones lead from jump to jump as fast as the engine takes it. */
const length = fc.oneof(fc.integer({ min: 9, max: 200 }), fc.integer({ min: 200, max: 3000 }));
const times = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined });
const withTimes = (trigger: EngineTrigger, limit: number | undefined): EngineTrigger =>
  limit === undefined ? trigger : { ...trigger, times: limit };

/** One timeline on which every clip leads to others when it has ended. */
const chains: fc.Arbitrary<Scene> = fc
  .record({
    lengths: fc.array(length, { minLength: 2, maxLength: 12 }),
    gap: fc.constantFrom(0, 700),
    draws: fc.array(fc.record({ kind: fc.nat(9), to: fc.array(fc.nat(11), { minLength: 1, maxLength: 5 }), times }), {
      minLength: 12,
      maxLength: 12,
    }),
    seed: fc.integer(),
  })
  .map(({ lengths, gap, draws, seed }) => {
    const file = noiseFile(7, rate, 2, 50_000);
    const { clips, starts, ends } = laidOut(file, names[0], lengths, gap);
    const placeOf = (index: number): number => starts[index % starts.length] ?? 0;
    const triggers = ends.map((atSeconds, index): EngineTrigger => {
      const { kind, to, times: limit } = draws[index] ?? { kind: 0, to: [0], times: undefined };
      const action: TriggerAction =
        kind === 0
          ? { type: 'notify' }
          : kind < 5
            ? { type: 'jump', seconds: placeOf(to[0] ?? 0) }
            : { type: 'choose', seconds: to.map(placeOf), seed: seed + index };
      return withTimes({ id: `end of ${index}`, atSeconds, action }, limit);
    });
    return { file, timelines: [{ id: names[0], clips, triggers }] };
  });

/** Three timelines that act on themselves and one another anywhere. */
const tangles: fc.Arbitrary<Scene> = fc
  .record({
    lengths: fc.array(fc.array(length, { minLength: 1, maxLength: 5 }), { minLength: 3, maxLength: 3 }),
    draws: fc.array(
      fc.record({
        own: fc.nat(2),
        other: fc.nat(2),
        at: fc.integer({ min: 1, max: 60 }),
        to: fc.nat(50),
        type: fc.constantFrom('jump', 'choose', 'stop', 'play', 'play', 'stopOther', 'seekOther', 'notify'),
        times,
      }),
      { minLength: 3, maxLength: 20 },
    ),
  })
  .map(({ lengths, draws }) => {
    const file = noiseFile(8, rate, 1, 50_000);
    const timelines = names.map((id, index) => ({
      id,
      clips: laidOut(file, id, lengths[index] ?? [], 150).clips,
      triggers: draws.flatMap((draw, number): EngineTrigger[] => {
        if (draw.own !== index) return [];
        const place = (step: number): number => (step * 157 + 60) / rate;
        const seconds = place(draw.to);
        const timelineId = names[draw.other] ?? names[0];
        const action = {
          jump: { type: 'jump', seconds },
          choose: { type: 'choose', seconds: [seconds, place(3), place(draw.at)], seed: number },
          stop: { type: 'stop' },
          play: { type: 'play', timelineId, seconds },
          stopOther: { type: 'stopOther', timelineId },
          seekOther: { type: 'seekOther', timelineId, seconds },
          notify: { type: 'notify' },
        } as const satisfies Record<string, TriggerAction>;
        // On a grid, so that several meet on one frame, and no place so near a trigger that it is cut short.
        const trigger = { id: `${number}`, atSeconds: (draw.at * 157) / rate, action: action[draw.type as 'jump'] };
        return [withTimes(trigger, draw.times)];
      }),
    }));
    return { file, timelines };
  });

/** On one frame the timelines may come in any order. */
const ordered = (fired: readonly TriggerFired[]): TriggerFired[] =>
  fired.toSorted((a, b) => a.atFrame - b.atFrame || a.timelineId.localeCompare(b.timelineId));

describe('triggers', () => {
  it('lead random chains over clips sample for sample, live and offline', async () => {
    await fc.assert(
      fc.asyncProperty(chains, async (scene) => {
        const quanta = 400;
        const expected = naivePlay(naiveOf(scene), rate, quanta * quantum);
        const { fired, output, engine } = await playLive(scene, quanta);
        expect(firstDifference(output[0], expected.left)).toBe(-1);
        expect(firstDifference(output[1], expected.right)).toBe(-1);
        expect(fired).toEqual(expected.fired);
        expect(engine.control.counters.read('starvedFrames')).toBe(0);
        const [left] = await renderScene(scene, quanta * quantum);
        expect(firstDifference(left ?? new Float32Array(), expected.left)).toBe(-1);
      }),
      { numRuns: 40 },
    );
  });

  it('let timelines act on one another on the same frames, with cuts and entries faded', async () => {
    await fc.assert(
      fc.asyncProperty(tangles, async (scene) => {
        const quanta = 150;
        const expected = naivePlay(naiveOf(scene), rate, quanta * quantum);
        const { fired, output, engine } = await playLive(scene, quanta);
        expect(engine.control.counters.read('triggersDropped')).toBe(0);
        expect(ordered(fired)).toEqual(ordered(expected.fired));
        expect(residual(output[0], expected.left)).toBeLessThan(-120);
        const [left] = await renderScene(scene, quanta * quantum);
        expect(firstDifference(left ?? new Float32Array(), output[0])).toBe(-1);
      }),
      { numRuns: 40 },
    );
  });

  it('stay out of a render that is told so', async () => {
    const file = noiseFile(3, rate, 1, 20_000);
    const clips = [clipOf(file, 'a', { timelineId: names[0] })];
    const triggers: EngineTrigger[] = [{ id: 'back', atSeconds: 0.1, action: { type: 'jump', seconds: 0 } }];
    const scene = { file, timelines: [{ id: names[0], clips, triggers }] };
    const samples = file.channels[0] as Float32Array;
    const [straight] = await renderScene(scene, 20_000, false);
    expect(firstDifference(straight ?? new Float32Array(), samples)).toBe(-1);
    const [jumping] = await renderScene(scene, 20_000);
    // The cut: 4800 frames in, the clip fades out under its own beginning.
    expect(firstDifference(jumping ?? new Float32Array(), samples)).toBe(4800);
  });

  it('show where a timeline is, and whether it plays, as soon as they have fired', async () => {
    const file = noiseFile(4, rate, 1, 30_000);
    const [own, other] = names;
    const engine = new LiveEngine(module, rate, sourcesOf({ files: [file] }));
    await engine.control.apply([
      clipDelta(file, clipOf(file, 'a', { timelineId: own })),
      {
        type: 'triggers',
        timelineId: own,
        triggers: [
          { id: 'jump', atSeconds: 1000 / rate, action: { type: 'jump', seconds: 10_000 / rate } },
          { id: 'play', atSeconds: 11_000 / rate, action: { type: 'play', timelineId: other, seconds: 0.5 } },
          { id: 'stop', atSeconds: 12_000 / rate, action: { type: 'stop' } },
        ],
      },
    ]);
    await engine.play(own, 0);
    const at = (quanta: number): number => quanta * quantum;
    engine.render(8);
    expect(engine.control.position(own)).toMatchObject({ playing: true, frame: 10_000 + at(8) - 1000 });
    expect(engine.control.position(other).playing).toBe(false);
    engine.render(8);
    expect(engine.control.position(other)).toMatchObject({ playing: true, frame: 24_000 + at(16) - 2000 });
    engine.render(8);
    expect(engine.control.position(own)).toMatchObject({ playing: false, frame: 12_000 });
    await engine.control.stop(other);
    engine.render(8);
    expect(engine.control.position(other)).toMatchObject({ playing: false, frame: 24_000 + at(24) - 2000 });
  });

  it('keep their counts through edits, and lose them with a new start', async () => {
    const file = noiseFile(4, rate, 1, 30_000);
    const engine = new LiveEngine(module, rate, sourcesOf({ files: [file] }));
    const fired: TriggerFired[] = [];
    const end = engine.control.onTrigger((one) => fired.push(one));
    const triggers = (id: string): EngineDelta => ({
      type: 'triggers',
      timelineId: names[0],
      triggers: [
        { id: 'other', atSeconds: 1, action: { type: 'notify' } },
        { id, atSeconds: 2000 / rate, action: { type: 'jump', seconds: 0 }, times: 2 },
      ],
    });
    await engine.control.apply([clipDelta(file, clipOf(file, 'a', { timelineId: names[0] })), triggers('twice')]);
    await engine.play(names[0], 0);
    engine.render(20);
    await engine.control.apply([triggers('twice')]);
    engine.render(40);
    engine.control.collect();
    expect(fired.map(({ id, atFrame }) => [id, atFrame])).toEqual([
      ['twice', 2000],
      ['twice', 4000],
    ]);
    await engine.control.apply([triggers('another')]);
    await engine.control.seek(names[0], 0);
    engine.render(40);
    engine.control.collect();
    expect(fired.map(({ id }) => id)).toEqual(['twice', 'twice', 'another', 'another']);
    end();
    await engine.play(names[0], 0);
    engine.render(40);
    engine.control.collect();
    expect(fired).toHaveLength(4);
  });

  it('do nothing to a timeline that took the place of a removed one', async () => {
    const file = noiseFile(4, rate, 1, 30_000);
    const engine = new LiveEngine(module, rate, sourcesOf({ files: [file] }));
    await engine.control.apply([
      {
        type: 'triggers',
        timelineId: names[0],
        triggers: [{ id: 'play', atSeconds: 0.05, action: { type: 'play', timelineId: names[1], seconds: 0 } }],
      },
    ]);
    await engine.control.apply([{ type: 'removeTimeline', timelineId: names[1] }]);
    engine.render(4);
    engine.control.collect();
    await engine.control.apply([clipDelta(file, clipOf(file, 'a', { timelineId: names[2] }))]);
    await engine.play(names[0], 0);
    engine.render(40);
    expect(engine.control.position(names[2]).playing).toBe(false);
  });

  it('are refused beyond their limit, the others stay', async () => {
    const file = noiseFile(4, rate, 1, 3000);
    const engine = new LiveEngine(module, rate, sourcesOf({ files: [file] }));
    const many = (timelineId: string): EngineDelta => ({
      type: 'triggers',
      timelineId,
      triggers: Array.from({ length: 5000 }, (_, index) => ({
        id: `${index}`,
        atSeconds: 0.01 + index / rate,
        action: { type: 'notify' },
      })),
    });
    await engine.control.apply([many(names[0])]);
    await expect(engine.control.apply([many(names[1])])).rejects.toMatchObject({
      message: expect.stringContaining('1808 refused'),
    });
    const fired: TriggerFired[] = [];
    engine.control.onTrigger((one) => fired.push(one));
    await engine.play(names[0], 0);
    engine.render(60, () => engine.control.collect());
    engine.control.collect();
    expect(fired).toHaveLength(5000);
  });
});
