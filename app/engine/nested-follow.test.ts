// Follow actions inside nested timelines: an instance sounds as its timeline does when it is played by itself.
import { beforeAll, describe, expect, it } from 'vitest';
import type { FollowActionType, FollowParams } from '../protocol/kinds.ts';
import type { Cue } from '../protocol/state.ts';
import { Random } from '../session/testing/random.ts';
import { differ, equal, openArranging, type Stereo } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';
import { chain, lengths, openFourClips, type Project } from './testing/follow-projects.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;
/** A timeline with four clips half a second apart in one lane, and one that nests it from `at` on, for `duration` seconds. */
async function nestedClips({ at = 0.25, duration = 4 as number | null, first = 0 } = {}) {
  const { main: inner, ...project } = await openFourClips(module, { first, apart: 0.5 });
  const top = await project.timeline('top');
  const nested = await project.nest(top, inner, at, { duration });
  return { ...project, inner, top, nested };
}

const followClip = (project: Project, target_id: string, action_type: FollowActionType, params: FollowParams = {}) =>
  project.follow({ scope: 'clip', target_id, action_type, params });

async function expectHeard(project: Project & { readonly top: string }, expected: Stereo): Promise<void> {
  const frames = expected[0].length;
  expect(differ(await project.offline(project.top, frames), expected)).toEqual(equal);
  expect(differ(await project.live(project.top, frames), expected)).toEqual(equal);
}

describe('inside a nested timeline', () => {
  it('clips play the next one, repeat as often as they are told, and stop the instance alone', async () => {
    const project = await nestedClips();
    const [a = '', b = '', c = ''] = project.clips;
    await followClip(project, a, 'PlayNextClip');
    await followClip(project, b, 'LoopClip', { times: 2 });
    await followClip(project, c, 'Stop');
    const beside = await project.clip(project.top, 3, 3);
    expect(beside).not.toBe('');
    const marker_id = await project.marker(project.inner, 1);
    await project.follow({
      scope: 'timeline',
      target_id: project.inner,
      action_type: 'JumpToMarker',
      params: { trigger_marker_id: await project.marker(project.inner, 0.8), marker_id },
    });
    const starts = [0, 10_001, 17_004, 24_007].map((at, index) => ({ file: index === 0 ? 0 : 1, at: 12_000 + at }));
    // From the second clip's last end on to the marker at 0.8 s, and from there to the third clip.
    const third = 12_000 + 31_010 + (0.8 * rate - (0.5 * rate + 7_003));
    const expected = project.mixOf([...starts, { file: 2, at: third }, { file: 3, at: 3 * rate }], 4 * rate);
    await expectHeard(project, expected);
  });

  it('a lane goes round, to the depth of three', async () => {
    const project = await nestedClips({ at: 0.125 });
    await project.follow({ scope: 'group', target_id: project.lane, action_type: 'PlayNextClip' });
    let outer = project.top;
    for (const name of ['middle', 'above']) {
      const around = await project.timeline(name);
      await project.nest(around, outer, 0.125);
      outer = around;
    }
    await expectHeard({ ...project, top: outer }, chain(project, [0, 1, 2, 3, 0, 1, 2, 3], 90_000, 18_000));
  });

  it('each instance makes the choices that the timeline makes by itself, whatever its place', async () => {
    const project = await nestedClips({ at: 0.25, duration: 1.5 });
    await project.nest(project.top, project.inner, 2, { duration: 1.5 });
    const params = { seed: 77 };
    await project.follow({ scope: 'group', target_id: project.lane, action_type: 'RandomClipInGroup', params });
    const own = await project.live(project.inner, 1.4 * rate);
    await project.session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: project.inner });
    project.engine.render(4);
    for (const render of [project.offline, project.live]) {
      const heard = await render(project.top, 4 * rate);
      for (const from of [0.25 * rate, 2 * rate]) {
        const part = ([left, right]: Stereo): Stereo => [
          left.slice(from, from + 1.4 * rate),
          right.slice(from, from + 1.4 * rate),
        ];
        expect(differ(part(heard), own)).toEqual(equal);
      }
    }
  });

  it('what follows lasts as long as the content without a duration, and as long as that with one', async () => {
    const project = await nestedClips({ at: 0, duration: null });
    const [a = ''] = project.clips;
    await followClip(project, a, 'LoopClip');
    const last = project.clips.at(-1) ?? '';
    await project.clip(project.top, 3, 4);
    const content = 1.5 * rate + (lengths[3] ?? 0);
    const [left] = await project.offline(project.top, 4 * rate);
    expect(left.slice(0, 80_008)).toEqual(chain(project, [0, 0, 0, 0, 0, 0, 0, 0], 80_008)[0]);
    expect(left.slice(content).every((sample) => sample === 0)).toBe(true);
    await project.run({ cmd: 'REMOVE_CLIPS', clip_ids: [last] });
    const shorter = rate + (lengths[2] ?? 0);
    const [cut] = await project.offline(project.top, 4 * rate);
    expect(cut[shorter - 200]).not.toBe(0);
    expect(cut.slice(shorter).every((sample) => sample === 0)).toBe(true);
    await project.run({ cmd: 'SET_OBJECT', id: project.nested, properties: { duration: 3 } });
    const [long] = await project.offline(project.top, 4 * rate);
    expect(long[3 * rate - 200]).not.toBe(0);
    expect(long.slice(3 * rate, 4 * rate).every((sample) => sample === 0)).toBe(true);
  });

  it('follows the clips’ own lengths at the tempo of the parent, frame by frame', async () => {
    const project = await openArranging(module, ...lengths.map((frames) => ({ frames })));
    const inner = await project.timeline('inner', { timebase: 'beats', bpm: 60 });
    const a = await project.clip(inner, 0, 1);
    const b = await project.clip(inner, 1, 3);
    await followClip(project, a, 'PlayNextClip');
    await followClip(project, b, 'JumpToMarker', { marker_id: await project.marker(inner, 0) });
    const top = await project.timeline('top', { timebase: 'beats', bpm: 120 });
    await project.nest(top, inner, 1, { tempo: 'parent', duration: 8 });
    // A beat of the inside is one of the parent: half a second.
    const round = 24_000 + 10_001 + 7_003;
    const placed = [0, 1, 2].flatMap((index) => [
      { file: 0, at: 48_000 + index * round },
      { file: 1, at: 48_000 + index * round + 10_001 },
    ]);
    await expectHeard({ ...project, top }, project.mixOf(placed, 160_000));
  });

  it('an edit of an action, or of the clip that it waits for, is heard through everything that plays it', async () => {
    const project = await nestedClips({ at: 0 });
    const [a = ''] = project.clips;
    const around = await project.timeline('around');
    await project.nest(around, project.top, 0);
    await project.live(around, 6_400);
    const action = await followClip(project, a, 'LoopClip');
    await project.run({ cmd: 'TRIM_CLIP', clip_id: a, end_offset: 9_000 / rate });
    project.engine.render(300);
    const [left, right] = project.engine.output();
    const rounds = [0, 1, 2, 3, 4, 5].map((index) => ({ file: 0, at: index * 9_000, frames: 9_000 }));
    expect(differ([left, right], project.mixOf(rounds, left.length))).toEqual(equal);
    await project.run({ cmd: 'SET_OBJECT', id: action, properties: { muted: true } });
    const straight = [{ file: 0, at: 0, frames: 9_000 }, ...[1, 2, 3].map((file) => ({ file, at: (file * rate) / 2 }))];
    expect(differ(await project.offline(around, 3 * rate), project.mixOf(straight, 3 * rate))).toEqual(equal);
  });

  it('events of the timeline itself move its instance', async () => {
    const project = await nestedClips({ at: 0.25 });
    const payload = { position: 1.5 };
    await project.event(project.inner, 0.75, 'timeline_seek', { payload });
    await project.event(project.inner, 1.75, 'timeline_stop');
    const expected = project.mixOf(
      [
        { file: 0, at: 12_000 },
        { file: 1, at: 36_000 },
        { file: 3, at: 48_000 },
      ],
      3 * rate,
    );
    await expectHeard(project, expected);
  });

  it('repeats of the nested clip count on, and an action at their seam comes first', async () => {
    const project = await nestedClips({ at: 0, duration: null });
    const [a = ''] = project.clips;
    const [start_marker_id, end_marker_id] = [
      await project.marker(project.inner, 0),
      await project.marker(project.inner, 0.5),
    ];
    const loop_markers = { start_marker_id, end_marker_id };
    await project.run({ cmd: 'SET_OBJECT', id: project.nested, properties: { loop_markers, duration: 3 } });
    await followClip(project, a, 'LoopClip', { times: 2 });
    const params = { trigger_marker_id: end_marker_id, marker_id: await project.marker(project.inner, 1.5), times: 1 };
    await project.follow({ scope: 'timeline', target_id: project.inner, action_type: 'JumpToMarker', params });
    const first = [0, 10_001, 20_002].map((at) => ({ file: 0, at }));
    const seam = 20_002 + 24_000;
    await expectHeard(project, project.mixOf([...first, { file: 3, at: seam }], 2 * rate));
  });
});

describe('from inside a nested timeline', () => {
  it('others are started and stopped, and action clips told, on the exact frame', async () => {
    const project = await nestedClips({ at: 0.25 });
    const [a = '', b = '', c = ''] = project.clips;
    const other = await project.timeline('other');
    await project.clip(other, 3, 0.5);
    await followClip(project, a, 'PlayTimeline', { timeline_id: other, start: 0.5 });
    await followClip(project, b, 'StopTimeline', { timeline_id: other });
    const place = { timeline_id: project.inner, play_position: 3, duration: 1 };
    const action_clip_id = await project.run({ cmd: 'ADD_ACTION_CLIP', ...place, events: [] });
    await followClip(project, c, 'TriggerActionClip', { action_clip_id });
    const cues: Cue[] = [];
    project.session.onCue((cue) => cues.push(cue));
    const clips = [0, 1, 2, 3].map((file) => ({ file, at: 12_000 + file * 24_000 }));
    const heard = await project.live(project.top, 2 * rate);
    expect(differ(heard, project.mixOf([...clips, { file: 3, at: 22_001 }], 2 * rate))).toEqual(equal);
    project.engine.control.collect();
    expect(project.session.getState().timelines[other]).toMatchObject({ playing: false });
    expect(project.session.getState().timelines[project.top]).toMatchObject({ playing: true });
    expect(cues).toEqual([{ id: action_clip_id, timelineId: project.top, atFrame: 12_000 + rate + 12_345 }]);
  });

  it('what is aimed at the timeline on top moves that, and nothing is done in a muted instance', async () => {
    const project = await nestedClips({ at: 0.25 });
    const [a = ''] = project.clips;
    await project.clip(project.top, 3, 5);
    const action = await followClip(project, a, 'PlayTimeline', { timeline_id: project.top, start: 5 });
    const jumped = project.mixOf(
      [
        { file: 0, at: 12_000 },
        { file: 3, at: 22_001 },
      ],
      40_000,
    );
    expect(differ(await project.live(project.top, 40_000), jumped)).toEqual(equal);
    await project.run({ cmd: 'SET_OBJECT', id: project.nested, properties: { muted: true } });
    expect(differ(await project.live(project.top, 40_000), project.mixOf([], 40_000))).toEqual(equal);
    await project.run({ cmd: 'SET_OBJECT', id: project.nested, properties: { muted: false } });
    await project.run({ cmd: 'REMOVE_OBJECT', id: action });
    await followClip(project, a, 'StopTimeline', { timeline_id: project.top });
    await project.live(project.top, 40_000);
    project.engine.control.collect();
    expect(project.session.getState().timelines[project.top]).toMatchObject({
      playing: false,
      position: 22_001 / rate,
    });
  });
});

describe('random timelines', () => {
  const types = ['PlayNextClip', 'LoopClip', 'RandomClipInGroup', 'Stop', 'JumpToMarker'] as const;

  it.each([1, 2, 3, 4, 5, 6])('sound nested as by themselves, seed %i', async (seed) => {
    const random = new Random(seed);
    const project = await nestedClips({
      at: random.below(40_000) / rate,
      duration: 8,
      first: random.below(4_000) / rate,
    });
    const markers: string[] = [];
    for (let count = 0; count < 3; count++) {
      // Between the clips, so that nothing is cut in its middle.
      const gap = random.below(4) / 2 + (17_000 + random.below(6_000)) / rate;
      markers.push(await project.marker(project.inner, Math.round(gap * rate) / rate));
    }
    for (let count = 0; count < 5; count++) {
      const params: FollowParams = {
        seed: random.below(1000),
        marker_id: random.of(markers),
        ...(random.next() < 0.5 ? { times: 1 + random.below(3) } : {}),
        ...(random.next() < 0.3 ? { trigger_marker_id: random.of(markers) } : {}),
      };
      const scope = random.of(['clip', 'clip', 'group', 'timeline'] as const);
      const target_id = { clip: random.of(project.clips), group: project.lane, timeline: project.inner }[scope];
      await project.follow({ scope, target_id, action_type: random.of(types), params });
      // The engine takes up what it was told.
      project.engine.render(1);
    }
    const frames = 6 * rate;
    const own = await project.live(project.inner, frames);
    await project.session.dispatch({ cmd: 'TIMELINE_STOP', timeline_id: project.inner });
    project.engine.render(4);
    expect(own[0].some((sample) => sample !== 0)).toBe(true);
    const nested = project.session.objects.get(project.nested);
    const at = Math.round((nested && 'play_position' in nested ? nested.play_position : 0) * rate);
    for (const render of [project.offline, project.live]) {
      const [left, right] = await render(project.top, at + frames);
      expect(differ([left.slice(at), right.slice(at)], own)).toEqual(equal);
    }
  });
});
