// Follow actions and events of timelines as they sound: every start on its exact frame, nothing between.
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cue } from '../protocol/state.ts';
import { choiceOf } from './choice.ts';
import { differ, equal } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';
import { chain, lengths, openFourClips } from './testing/follow-projects.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
const fourClips = () => openFourClips(module);

describe('at the end of a clip', () => {
  it('PlayNextClip goes on with the next clip of the lane, LoopClip repeats as often as it is told', async () => {
    const project = await fourClips();
    const [first = '', second = ''] = project.clips;
    await project.follow({ scope: 'clip', target_id: first, action_type: 'PlayNextClip' });
    await project.follow({ scope: 'clip', target_id: second, action_type: 'LoopClip', params: { times: 2 } });
    const expected = chain(project, [0, 1, 1, 1], 40_000);
    expect(differ(await project.live(project.main, 40_000), expected)).toEqual(equal);
    expect(differ(await project.live(project.main, 40_000), expected)).toEqual(equal);
  });

  it('Stop stops there, and the session knows where', async () => {
    const project = await fourClips();
    const [first = ''] = project.clips;
    await project.follow({ scope: 'clip', target_id: first, action_type: 'Stop' });
    await project.live(project.main, 20_000);
    project.engine.control.collect();
    const { timelines } = project.session.getState();
    expect(timelines[project.main]).toEqual({
      playing: false,
      position: lengths[0] && lengths[0] / rate,
      segment: null,
    });
    expect(project.session.getState().transport.isPlaying).toBe(false);
  });

  it('JumpToMarker goes on from the marker, wherever that is moved while it plays', async () => {
    const project = await fourClips();
    const [first = ''] = project.clips;
    const marker_id = await project.marker(project.main, 3);
    await project.follow({ scope: 'clip', target_id: first, action_type: 'JumpToMarker', params: { marker_id } });
    await project.live(project.main, 6_400);
    await project.run({ cmd: 'SET_OBJECT', id: marker_id, properties: { time: 2 } });
    project.engine.render(100);
    const [left, right] = project.engine.output();
    expect(differ([left, right], chain(project, [0, 2], left.length))).toEqual(equal);
  });

  it('an edit of the clip 50 ms before its end moves the action along', async () => {
    const project = await fourClips();
    const [first = ''] = project.clips;
    await project.follow({ scope: 'clip', target_id: first, action_type: 'PlayNextClip' });
    await project.live(project.main, 7_552);
    await project.run({ cmd: 'TRIM_CLIP', clip_id: first, end_offset: 9_000 / rate });
    project.engine.render(100);
    const [left, right] = project.engine.output();
    const expected = project.mixOf(
      [
        { file: 0, at: 0, frames: 9_000 },
        { file: 1, at: 9_000 },
      ],
      left.length,
    );
    expect(differ([left, right], expected)).toEqual(equal);
  });

  it('one that is muted does nothing', async () => {
    const project = await fourClips();
    const [first = ''] = project.clips;
    await project.follow({ scope: 'clip', target_id: first, action_type: 'PlayNextClip', muted: true });
    const expected = project.mixOf([{ file: 0, at: 0 }], 40_000);
    expect(differ(await project.live(project.main, 40_000), expected)).toEqual(equal);
  });
});

describe('of a lane', () => {
  it('PlayNextClip goes round; a clip with an action of its own keeps to that', async () => {
    const project = await fourClips();
    const [, second = ''] = project.clips;
    await project.follow({ scope: 'group', target_id: project.lane, action_type: 'PlayNextClip' });
    const last = await project.marker(project.main, 3);
    const jump = {
      scope: 'clip',
      target_id: second,
      action_type: 'JumpToMarker',
      params: { marker_id: last },
    } as const;
    await project.follow(jump);
    const order = [0, 1, 3, 0, 1, 3, 0, 1];
    expect(differ(await project.live(project.main, 65_000), chain(project, order, 65_000))).toEqual(equal);
  });

  it('RandomClipInGroup makes the choices of its seed, and the same ones again', async () => {
    const project = await fourClips();
    const params = { seed: 12_345 };
    await project.follow({ scope: 'group', target_id: project.lane, action_type: 'RandomClipInGroup', params });
    const order = [0];
    // Each clip's end has a trigger with a seed of its own, which counts its own firings.
    const fired = [0, 0, 0, 0];
    while (order.length < 8) {
      const ended = order.at(-1) ?? 0;
      const seed = (params.seed + Math.imul(ended, 0x9e3779b1)) >>> 0;
      order.push(choiceOf(seed, fired[ended] ?? 0, 4));
      fired[ended] = (fired[ended] ?? 0) + 1;
    }
    const expected = chain(project, order, 60_000);
    expect(differ(await project.live(project.main, 60_000), expected)).toEqual(equal);
    expect(differ(await project.live(project.main, 60_000), expected)).toEqual(equal);
  });
});

describe('of a timeline', () => {
  it('PlayTimeline starts the other one on the very frame and stops its own', async () => {
    const project = await fourClips();
    const other = await project.timeline('other');
    await project.clip(other, 2, 0.5);
    const first = await project.timeline('first');
    await project.clip(first, 0, 0);
    const params = { timeline_id: other, start: 0.5 };
    await project.follow({ scope: 'timeline', target_id: first, action_type: 'PlayTimeline', params });
    expect(differ(await project.live(first, 30_080), chain(project, [0, 2], 30_080))).toEqual(equal);
    project.engine.control.collect();
    const { timelines } = project.session.getState();
    expect(timelines[first]).toMatchObject({ playing: false, position: (lengths[0] ?? 0) / rate });
    expect(timelines[other]).toMatchObject({ playing: true });
  });

  it('fires at a marker tagged end, or where its own marker is reached', async () => {
    const project = await fourClips();
    await project.marker(project.main, 0.125, ['end']);
    await project.follow({
      scope: 'timeline',
      target_id: project.main,
      action_type: 'LoopClip',
      params: { times: 1 },
    });
    const early = await project.marker(project.main, 0.0625);
    const params = { trigger_marker_id: early, times: 1 };
    await project.follow({ scope: 'timeline', target_id: project.main, action_type: 'LoopClip', params });
    const heard = await project.live(project.main, 18_000);
    // 3,000 frames, then 6,000, then on to the end of the clip; each time the sound is cut in its middle and fades.
    const at = [0, 3_000, 9_000];
    const [samples] = chain(project, [0], 10_000);
    for (const [round, start] of at.entries()) {
      const clean = [0, 2_800, 5_800][round] ?? 0;
      expect(heard[0].slice(start + 128, start + 128 + 2_600)).toEqual(samples.slice(128, 2_728));
      if (clean > 0) expect(heard[0][start + clean]).not.toBe(0);
    }
  });

  it('StopTimeline stops another one', async () => {
    const project = await fourClips();
    const [first = ''] = project.clips;
    const other = await project.timeline('other');
    await project.clip(other, 2, 0);
    const params = { timeline_id: other };
    await project.follow({ scope: 'clip', target_id: first, action_type: 'StopTimeline', params });
    await project.live(other, 0);
    await project.live(project.main, 20_000);
    project.engine.control.collect();
    expect(project.session.getState().timelines[other]).toMatchObject({ playing: false });
    expect(project.session.getState().timelines[project.main]).toMatchObject({ playing: true });
  });
});

describe('events', () => {
  it('of timelines start, move and stop them', async () => {
    const project = await fourClips();
    const other = await project.timeline('other');
    await project.clip(other, 2, 0);
    const top = await project.timeline('director');
    await project.event(top, 0.25, 'timeline_play', { target_timeline_id: other });
    await project.event(top, 0.75, 'timeline_stop', { target_timeline_id: other });
    const marker_id = await project.marker(top, 2);
    await project.event(top, 1, 'timeline_jump_marker', { payload: { marker_id } });
    await project.clip(top, 1, 2);
    const expected = project.mixOf(
      [
        { file: 2, at: 12_000 },
        { file: 1, at: rate },
      ],
      60_000,
    );
    expect(differ(await project.live(top, 60_000), expected)).toEqual(equal);
    project.engine.control.collect();
    expect(project.session.getState().timelines[other]).toMatchObject({ playing: false });
  });

  it('take a place as the commands do, and none that makes no sense', async () => {
    const project = await fourClips();
    const marker = await project.marker(project.main, 2);
    const places = [
      [{ position: 2 }, 2],
      [{ to: { type: 'time', value: 2 } }, 2],
      [{ start: { type: 'marker', value: marker } }, 2],
      [{ marker_id: project.main }, undefined],
    ] as const;
    for (const [payload, file] of places) {
      const event = await project.event(project.main, 0.125, 'timeline_seek', { payload });
      const cut = { file: 0, at: 0, frames: 6_000 };
      const heard = await project.live(project.main, 12_000);
      const whole = project.mixOf(file === undefined ? [{ file: 0, at: 0 }] : [cut, { file, at: 6_000 }], 12_000);
      // The cut sound fades within 128 frames.
      for (const [from, to] of [
        [0, 6_000],
        [6_128, 12_000],
      ] as const) {
        const part = ([left, right]: typeof heard) => [left.slice(from, to), right.slice(from, to)] as const;
        expect([payload, ...differ(part(heard), part(whole))]).toEqual([payload, ...equal]);
      }
      await project.run({ cmd: 'REMOVE_OBJECT', id: event });
    }
    for (const payload of [{ position: -1 }, { position: 'x' }]) {
      const event = { cmd: 'ADD_EVENT', timeline_id: project.main, time: 0.125, type: 'timeline_seek' } as const;
      expect(await project.session.dispatch({ ...event, payload })).toMatchObject({
        ok: false,
        error: { name: 'ERR_BAD_COMMAND', msg: expect.stringContaining('payload.position') },
      });
    }
  });

  it('for others than the engine become cues, also from nested timelines, and action clips do', async () => {
    const project = await fourClips();
    const cues: Cue[] = [];
    project.session.onCue((cue) => cues.push(cue));
    const [first = ''] = project.clips;
    const show = await project.event(project.main, 0.125, 'ui_show', { payload: { panel: 'video' } });
    const events = [0, 0.0625, 0.0625].map((time_offset) => ({ time_offset, type: 'script' as const, payload: {} }));
    const place = { timeline_id: project.main, play_position: 0.25, duration: 1 };
    const clip = await project.run({ cmd: 'ADD_ACTION_CLIP', ...place, events });
    const params = { action_clip_id: clip };
    await project.follow({ scope: 'clip', target_id: first, action_type: 'TriggerActionClip', params });
    const top = await project.timeline('around');
    const nested = await project.nest(top, project.main, 0.5);
    await project.live(top, 40_000);
    project.engine.control.collect();
    const from = cues.map(({ id, timelineId, atFrame, offset }) => [id, timelineId, atFrame, offset]);
    expect(from).toEqual([
      [show, top, 30_000, undefined],
      [clip, top, 24_000 + (lengths[0] ?? 0), undefined],
      [clip, top, 36_000, 0],
      [clip, top, 39_000, 0.0625],
    ]);
    await project.run({ cmd: 'SET_OBJECT', id: nested, properties: { muted: true } });
    cues.length = 0;
    await project.live(top, 40_000);
    project.engine.control.collect();
    expect(cues).toEqual([]);
    const before = project.engine.output()[0].length;
    await project.live(project.main, 12_800);
    project.engine.control.collect();
    expect(cues.map(({ id, atFrame, offset }) => [id, atFrame - before, offset])).toEqual([
      [show, 6_000, undefined],
      [clip, lengths[0], undefined],
      [clip, 12_000, 0],
    ]);
    cues.length = 0;
    expect(await project.session.dispatch({ cmd: 'TRIGGER_ACTION_CLIP', clip_id: clip })).toMatchObject({ ok: true });
    expect(cues).toMatchObject([{ id: clip, timelineId: project.main }]);
  });
});

describe('a segment between markers', () => {
  async function withMarkers() {
    const project = await fourClips();
    const [start_marker_id, end_marker_id] = [
      await project.marker(project.main, 1),
      await project.marker(project.main, 1.125),
    ];
    const play = { cmd: 'PLAY_MARKER_SEGMENT', timeline_id: project.main, start_marker_id, end_marker_id } as const;
    return { ...project, play };
  }

  it('plays once and stops at its end, past the stored loop and actions inside', async () => {
    const project = await withMarkers();
    const { session, main: timeline, engine } = project;
    await project.run({ cmd: 'TIMELINE_SET_LOOP', timeline_id: timeline, loop: { start: 1, end: 1.0625 } });
    const inside = await project.marker(timeline, 1.03125);
    const params = { trigger_marker_id: inside };
    await project.follow({ scope: 'timeline', target_id: timeline, action_type: 'Stop', params });
    await session.dispatch(project.play);
    expect(session.getState().timelines[timeline]?.segment).toEqual({ start: 1, end: 1.125, loop: false });
    engine.render(80);
    const [left, right] = engine.output();
    const whole = project.mixOf([{ file: 1, at: 0, frames: 6_000 }], left.length);
    expect(
      differ([left.slice(0, 6_000), right.slice(0, 6_000)], [whole[0].slice(0, 6_000), whole[1].slice(0, 6_000)]),
    ).toEqual(equal);
    expect(left.subarray(6_128).every((sample) => sample === 0)).toBe(true);
    engine.control.collect();
    expect(session.getState().timelines[timeline]).toEqual({ playing: false, position: 1.125, segment: null });
    expect(session.objects.get(timeline)).toMatchObject({ loop: { start: 1, end: 1.0625 }, loop_enabled: true });
    expect(await session.dispatch({ cmd: 'TIMELINE_GET_STATE', timeline_id: timeline })).toMatchObject({
      result: {
        playing: false,
        position: 1.125,
        seconds: 1.125,
        beats: 2.25,
        bpm: 120,
        loop: { start: 1, end: 1.0625 },
      },
    });
    // Afterwards the stored loop holds again.
    await session.dispatch({ cmd: 'TIMELINE_PLAY', timeline_id: timeline, start: 1 });
    engine.render(5);
    expect(engine.control.position(timeline)).toMatchObject({ playing: true });
  });

  it('repeats until it is left', async () => {
    const project = await withMarkers();
    const { session, main: timeline, engine } = project;
    await session.dispatch({ ...project.play, loop: true });
    engine.render(200);
    expect(engine.control.position(timeline).frame).toBe(rate + ((200 * 128) % 6_000));
    await session.dispatch({ cmd: 'TIMELINE_SEEK', timeline_id: timeline, to: 1 });
    engine.render(200);
    expect(engine.control.position(timeline).frame).toBe(rate + 200 * 128);
    expect(session.getState().timelines[timeline]).toMatchObject({ playing: true, segment: null });
  });

  it('is refused when its markers are the wrong way round', async () => {
    const { session, play } = await withMarkers();
    const wrong = { ...play, start_marker_id: play.end_marker_id, end_marker_id: play.start_marker_id };
    expect(await session.dispatch(wrong)).toMatchObject({ ok: false, error: { name: 'ERR_REFUSED' } });
  });
});
