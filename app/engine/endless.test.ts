// Nested timelines that repeat without end: laid out ahead of playheads and of renders, and never more than fits.
import { beforeAll, describe, expect, it } from 'vitest';
import type { EngineDelta } from './audio-engine.ts';
import { EngineDeltas } from './deltas.ts';
import { renderSource } from './render-source.ts';
import { differ, equal, openArranging } from './testing/arranging.ts';
import { compileEngine } from './testing/engine-file.ts';

let module: WebAssembly.Module;
beforeAll(async () => {
  module = await compileEngine();
});

const rate = 48_000;

/** A top timeline that repeats `round` seconds of one clip of a quarter of a second, from 1 s on. */
async function endless(round: number) {
  const project = await openArranging(module, { frames: 12_000 });
  const inner = await project.timeline('inner');
  await project.clip(inner, 0, 0);
  const [start_marker_id, end_marker_id] = [await project.marker(inner, 0), await project.marker(inner, round)];
  const top = await project.timeline('top');
  const loop_markers = { start_marker_id, end_marker_id };
  const nested = await project.nest(top, inner, 1, { loop_markers });
  return { ...project, top, inner, nested };
}

const lastStart = (deltas: readonly EngineDelta[]): number =>
  Math.max(...deltas.map((delta) => (delta.type === 'clip' ? delta.clip.startSeconds : 0)));

describe('what repeats without end', () => {
  it('is rendered for as long as the render is', async () => {
    const { top, offline, mixOf } = await endless(0.25);
    const starts = Array.from({ length: 36 }, (_, index) => ({ file: 0, at: rate + index * 12_000 }));
    expect(differ(await offline(top, 10 * rate), mixOf(starts, 10 * rate))).toEqual(equal);
    const late = starts.map(({ at }) => ({ file: 0, at: at + 3600 * rate }));
    expect(differ(await offline(top, rate, 3601), mixOf(late, rate, 3601 * rate))).toEqual(equal);
  });

  it('counts once where its length is asked for', async () => {
    const { session, top, clip } = await endless(0.25);
    expect(renderSource(session.objects, top).duration).toBe(1.25);
    await clip(top, 0, 4);
    expect(renderSource(session.objects, top).duration).toBe(4.25);
  });

  it('is laid out ten minutes ahead, further when a playhead comes near or starts beyond', async () => {
    const { session, top, inner } = await endless(1);
    const deltas = new EngineDeltas(session.objects);
    expect(lastStart(deltas.everything())).toBe(601);
    expect(deltas.reachFrom(top, 500)).toEqual([]);
    expect(deltas.reachFrom(inner, 10_000)).toEqual([]);
    const more = deltas.reachFrom(top, 550);
    expect(lastStart(more)).toBe(1149);
    // What lies far behind makes room.
    expect(more.filter(({ type }) => type === 'clip')).toHaveLength(548);
    expect(more.filter(({ type }) => type === 'removeClip')).toHaveLength(489);
    expect(lastStart(deltas.reachFrom(top, 3000))).toBe(3599);
    expect(lastStart(deltas.reachFrom(top, 0))).toBe(599);
    expect(deltas.reachFrom(top, 1)).toEqual([]);
  });

  it('stays laid out where loops and jumps lead back to', async () => {
    const { session, top, marker, follow } = await endless(1);
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: top, loop: { start: 5, end: 2000 } });
    const loops = new EngineDeltas(session.objects);
    loops.everything();
    expect(loops.reachFrom(top, 1000).filter(({ type }) => type === 'removeClip')).toHaveLength(4);
    session.onTransaction((transaction) => loops.follow(transaction));
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: top, loop: { start: 2, end: 2000 } });
    expect(loops.reachFrom(top, 1500).filter(({ type }) => type === 'removeClip')).toHaveLength(0);
    await session.dispatch({ cmd: 'TIMELINE_SET_LOOP', timeline_id: top, loop: null });
    const far = new EngineDeltas(session.objects);
    far.everything();
    expect(far.reachFrom(top, 1000).filter(({ type }) => type === 'removeClip')).toHaveLength(601);
    let last: EngineDelta[] = [];
    session.onTransaction((transaction) => {
      last = far.follow(transaction);
    });
    const marker_id = await marker(top, 3);
    const trigger_marker_id = await marker(top, 1900);
    const params = { marker_id, trigger_marker_id };
    await follow({ scope: 'timeline', target_id: top, action_type: 'JumpToMarker', params });
    expect(last.at(0)).toMatchObject({ type: 'triggers' });
    expect(last.filter(({ type }) => type === 'clip')).toHaveLength(600);
  });

  it('is heard far out when it is played there', async () => {
    const { top, live, mixOf } = await endless(1);
    const start = 1800;
    const starts = [0, 1].map((round) => ({ file: 0, at: round * rate }));
    expect(differ(await live(top, 2 * rate, start), mixOf(starts, 2 * rate))).toEqual(equal);
  });

  it('tells when it is more than fits, and plays what does', async () => {
    const { session, top } = await endless(0.002);
    const told: string[] = [];
    const deltas = new EngineDeltas(session.objects, { onLimit: ({ id }) => told.push(id) });
    const clips = deltas.everything().filter(({ type }) => type === 'clip');
    expect(told).toEqual([top]);
    expect(clips.length).toBeGreaterThan(8000);
    expect(clips.length).toBeLessThanOrEqual(8193);
  });
});

describe('edits', () => {
  it('tell the engine only what they change of what is derived', async () => {
    const { session, top, inner, clip, nested } = await endless(1);
    const deltas = new EngineDeltas(session.objects);
    deltas.everything();
    let last: EngineDelta[] = [];
    session.onTransaction((transaction) => {
      last = deltas.follow(transaction);
    });
    const plain = await clip(top, 0, 1.5);
    expect(last.map(({ type }) => type)).toEqual(['clip']);
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: plain, gain: 0.5 });
    expect(last).toMatchObject([{ type: 'clip', clip: { id: plain, gain: 0.5 } }]);
    const inside = await clip(inner, 0, 0.5, { end_offset: 0.1 });
    expect(last).toHaveLength(602);
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: inside, name: 'x' });
    expect(last).toEqual([]);
    await session.dispatch({ cmd: 'SET_OBJECT', id: nested, properties: { duration: 2.5 } });
    expect(new Set(last.map(({ type }) => type))).toEqual(new Set(['removeClip']));
    await session.dispatch({ cmd: 'REMOVE_CLIPS', clip_ids: [nested] });
    expect(last).toHaveLength(5);
    await session.dispatch({ cmd: 'UNDO' });
    expect(last.filter(({ type }) => type === 'clip')).toHaveLength(5);
  });

  it('one by one come to what everything tells at the end', async () => {
    const { session, top, inner, nested, event, marker, clip } = await endless(1);
    const told = new Map<string, EngineDelta>();
    const deltas = new EngineDeltas(session.objects);
    const learn = (all: readonly EngineDelta[]): void => {
      for (const delta of all) {
        if (delta.type === 'clip') told.set(delta.clip.id, delta);
        if (delta.type === 'removeClip') told.delete(delta.clipId);
        if (delta.type === 'triggers') told.set(`triggers ${delta.timelineId}`, delta);
      }
    };
    learn(deltas.everything());
    session.onTransaction((transaction) => learn(deltas.follow(transaction)));
    await session.dispatch({ cmd: 'SET_OBJECT', id: nested, properties: { duration: 3 } });
    const inside = await clip(inner, 0, 0.25);
    const target_clip_id = await clip(top, 0, 6);
    await event(top, 6.1, 'audio_clip_stop', { target_clip_id });
    await event(top, 7, 'audio_clip_start', { target_clip_id });
    await event(inner, 0.3, 'audio_clip_param', { target_clip_id: inside, payload: { gain: 0.5 } });
    await event(inner, 0.5, 'ui_show');
    await marker(inner, 0.75, ['end']);
    await session.dispatch({ cmd: 'MOVE_CLIP', clip_id: target_clip_id, play_position: 8 });
    await session.dispatch({ cmd: 'SET_OBJECT', id: nested, properties: { loop_markers: null, tempo: 'parent' } });
    await session.dispatch({ cmd: 'SET_TEMPO', timeline_id: top, bpm: 90 });
    await session.dispatch({ cmd: 'SET_CLIP', clip_id: inside, solo: true });
    const states: Map<string, EngineDelta>[] = [];
    for (let step = 0; step < 9; step++) {
      states.push(new Map(told));
      await session.dispatch({ cmd: 'UNDO' });
      const fresh = new Map<string, EngineDelta>();
      for (const delta of new EngineDeltas(session.objects).everything()) {
        if (delta.type === 'clip') fresh.set(delta.clip.id, delta);
        if (delta.type === 'triggers') fresh.set(`triggers ${delta.timelineId}`, delta);
      }
      for (const [id, delta] of told) {
        if (delta.type === 'triggers' && delta.triggers.length === 0) told.delete(id);
      }
      expect(told).toEqual(fresh);
    }
    expect(states[0]?.size).toBeGreaterThan(4);
  });
});
