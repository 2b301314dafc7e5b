// What a render is given: the timeline and what its triggers start, in lanes, as far as the render goes.
import { beforeAll, describe, expect, it } from 'vitest';
import { renderSource } from './render-source.ts';
import { differ, equal, openArranging } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;

describe('a render', () => {
  it('finds the lane of every part: the clip’s own, the nested clip’s, the started one’s', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    const inner = await project.timeline('inner');
    const inside = await project.clip(inner, 0, 0);
    const top = await project.timeline('top');
    const lane = await project.run({ cmd: 'CREATE_GROUP', timeline_id: top, name: 'lane' });
    const plain = await project.clip(top, 0, 0, { group_id: lane });
    const nested = await project.nest(top, inner, 1, { group_id: lane });
    const loose = await project.clip(top, 0, 2);
    const event = await project.event(top, 3, 'audio_clip_start', { target_clip_id: plain });
    await project.event(top, 3.1, 'audio_clip_param', { target_clip_id: plain, payload: { gain: 0.5 } });
    const { lanes, deltas } = renderSource(project.session.objects, top);
    const parts = deltas.flatMap((delta) => (delta.type === 'clip' ? delta.clip.id : []));
    expect(parts).toContain(loose);
    expect(lanes).toEqual({
      [plain]: lane,
      [`${nested}/${inside}#0`]: lane,
      [`${event}/${plain}`]: lane,
      [`${event}/${plain}@1`]: lane,
    });
  });

  it('leaves out timelines that are not heard, and takes along those that triggers start one after the other', async () => {
    const project = await openArranging(module, { frames: 10_000 });
    const [a, b, c, d] = [
      await project.timeline('a'),
      await project.timeline('b'),
      await project.timeline('c'),
      await project.timeline('d'),
    ];
    for (const timeline of [a, b, c, d]) await project.clip(timeline, 0, 0);
    const then = (target_id: string, timeline_id: string) =>
      project.follow({ scope: 'timeline', target_id, action_type: 'PlayTimeline', params: { timeline_id } });
    await then(a, b);
    await then(b, c);
    const { deltas } = renderSource(project.session.objects, a, { from: 0, to: 1 });
    const heard = new Set(deltas.flatMap((delta) => (delta.type === 'clip' ? delta.clip.timelineId : [])));
    expect(heard).toEqual(new Set([a, b, c]));
    const chain = [0, 10_000, 20_000].map((at) => ({ file: 0, at }));
    expect(differ(await project.offline(a, rate), project.mixOf(chain, rate))).toEqual(equal);
    expect(differ(await project.live(a, rate), project.mixOf(chain, rate))).toEqual(equal);
  });

  it('that would hold more than can be laid out is refused, with the timeline named', async () => {
    const project = await openArranging(module, { frames: 100 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0);
    const loop_markers = {
      start_marker_id: await project.marker(inner, 0),
      end_marker_id: await project.marker(inner, 0.001),
    };
    const top = await project.timeline('Too much');
    await project.nest(top, inner, 0, { loop_markers });
    const render = (to: number) => renderSource(project.session.objects, top, { from: 0, to });
    expect(render(8).deltas.filter(({ type }) => type === 'clip')).toHaveLength(8000);
    expect(() => render(9)).toThrow(/“Too much”/);
  });

  it('lays out what repeats without end where its triggers lead, before and beyond its range', async () => {
    const project = await openArranging(module, { frames: 12_000 });
    const inner = await project.timeline('inner');
    await project.clip(inner, 0, 0);
    const loop_markers = {
      start_marker_id: await project.marker(inner, 0),
      end_marker_id: await project.marker(inner, 0.25),
    };
    const top = await project.timeline('top');
    await project.nest(top, inner, 0, { loop_markers });
    const jump = async (from: number, to: number): Promise<void> => {
      const trigger_marker_id = await project.marker(top, from);
      const params = { trigger_marker_id, marker_id: await project.marker(top, to) };
      await project.follow({ scope: 'timeline', target_id: top, action_type: 'JumpToMarker', params });
    };
    await jump(60.5, 1);
    await jump(1.5, 3000);
    const rounds = Array.from({ length: 8 }, (_, round) => ({ file: 0, at: round * 12_000 }));
    expect(differ(await project.offline(top, 2 * rate, 60), project.mixOf(rounds, 2 * rate))).toEqual(equal);
  });
});
