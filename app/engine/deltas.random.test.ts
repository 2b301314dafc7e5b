// Whatever is edited, what the engine was told step by step is what it would be told from nothing.
import { expect, test } from 'vitest';
import type { Command } from '../protocol/commands.ts';
import type { Kind, ObjectOf } from '../protocol/kinds.ts';
import type { Session } from '../session/session.ts';
import { addTestFile, openTestSession } from '../session/testing/fixtures.ts';
import { Random } from '../session/testing/random.ts';
import { RandomCommands } from '../session/testing/random-commands.ts';
import type { EngineDelta } from './audio-engine.ts';
import { deriveEngineDeltas, EngineDeltas } from './deltas.ts';

/** What an engine knows. */
class Told {
  readonly clips = new Map<string, unknown>();
  readonly loops = new Map<string, unknown>();
  readonly triggers = new Map<string, unknown>();

  learn(deltas: readonly EngineDelta[]): void {
    for (const delta of deltas) {
      if (delta.type === 'clip') this.clips.set(delta.clip.id, delta);
      else if (delta.type === 'removeClip') this.clips.delete(delta.clipId);
      else if (delta.type === 'loop') this.loops.set(delta.timelineId, delta.range);
      else if (delta.type === 'triggers') this.triggers.set(delta.timelineId, delta.triggers);
      else if (delta.type === 'removeTimeline') this.#forget(delta.timelineId);
      for (const [id, triggers] of this.triggers)
        if (Array.isArray(triggers) && triggers.length === 0) this.triggers.delete(id);
    }
  }

  #forget(timelineId: string): void {
    this.loops.delete(timelineId);
    this.triggers.delete(timelineId);
  }
}

/** Commands about what is laid out and triggered, beside those about clips. */
class Arranger {
  readonly #session: Session;
  readonly #random: Random;

  constructor(session: Session, random: Random) {
    this.#session = session;
    this.#random = random;
  }

  next(): Command | undefined {
    const random = this.#random;
    const timeline_id = this.#any('TimelineAtome')?.id ?? '';
    const place = random.below(64) / 4;
    const clip = this.#any('AudioClipAtome');
    const nested = this.#any('TimelineClipAtome');
    const marker = this.#any('TimelineMarkerAtome');
    const event = this.#any('TimelineEventAtome');
    const set = (object: { readonly id: string } | undefined, ...choices: readonly object[]): Command | undefined =>
      object && { cmd: 'SET_OBJECT', id: object.id, properties: { ...random.of(choices) } };
    return random.of<() => Command | undefined>([
      () => ({ cmd: 'UNDO' }),
      () => ({ cmd: 'REDO' }),
      () => ({ cmd: 'ADD_MARKER', timeline_id, time: place, tags: random.of([[], [], ['end']]) }),
      () => this.#nest(timeline_id, place),
      () => this.#nest(timeline_id, place),
      () => this.#event(timeline_id, place, clip?.id ?? null),
      () => this.#event(timeline_id, place, nested?.id ?? null),
      () => this.#follow(),
      () =>
        set(
          nested,
          { muted: true },
          { muted: false },
          { solo: true },
          { solo: false },
          { gain: place / 8 },
          { play_position: place },
          { duration: 3 },
          { duration: null },
          { tempo: 'parent' },
          { loop_markers: null },
        ),
      () => set(marker, { time: place }, { tags: ['end'] }, { tags: [] }),
      () => set(event, { time: place }, { muted: true }, { muted: false }, { type: 'audio_clip_stop' }),
      () => set(this.#any('TimelineFollowAction'), { muted: true }, { muted: false }),
      () => set(this.#any('GroupAtome'), { solo: true }, { solo: false }, { muted: true }, { gain: 0.5 }),
      () => set(clip, { solo: true }, { solo: false }, { timeline_id, group_id: null }, { play_position: place }),
    ])();
  }

  #nest(timeline_id: string, play_position: number): Command {
    const nested = this.#any('TimelineAtome')?.id ?? '';
    const markers = [...this.#session.objects.ofTimeline(nested, 'TimelineMarkerAtome')];
    const [start, end] = markers.toSorted((a, b) => a.time - b.time);
    const loops = start && end && end.time > start.time && this.#random.next() < 0.5;
    return {
      cmd: 'ADD_NESTED_TIMELINE',
      ...{ timeline_id, nested_timeline_id: nested, play_position },
      duration: this.#random.of([null, 5]),
      tempo: this.#random.of(['own', 'parent']),
      ...(loops ? { loop_markers: { start_marker_id: start.id, end_marker_id: end.id } } : {}),
      ...(start && this.#random.next() < 0.3 ? { start_marker_id: start.id } : {}),
    };
  }

  #event(timeline_id: string, time: number, target_clip_id: string | null): Command {
    const type = this.#random.of([
      'audio_clip_start',
      'audio_clip_stop',
      'audio_clip_param',
      'ui_show',
      'timeline_play',
    ] as const);
    const target = this.#any('TimelineAtome')?.id ?? null;
    return {
      cmd: 'ADD_EVENT',
      ...{ timeline_id, time, type, target_clip_id, payload: { gain: 0.5, position: time } },
      target_timeline_id: type === 'timeline_play' ? target : null,
    };
  }

  #follow(): Command | undefined {
    const target = this.#any(this.#random.of(['AudioClipAtome', 'GroupAtome', 'TimelineAtome'] as const));
    if (!target) return undefined;
    const scope = target.kind === 'AudioClipAtome' ? 'clip' : target.kind === 'GroupAtome' ? 'group' : 'timeline';
    const action_type = this.#random.of([
      'PlayNextClip',
      'Stop',
      'LoopClip',
      'RandomClipInGroup',
      'PlayTimeline',
    ] as const);
    const params = action_type === 'PlayTimeline' ? { timeline_id: this.#any('TimelineAtome')?.id ?? '' } : {};
    return { cmd: 'ADD_FOLLOW_ACTION', scope, target_id: target.id, action_type, params };
  }

  #any<K extends Kind>(kind: K): ObjectOf<K> | undefined {
    const all = [...this.#session.objects.ofKind(kind)];
    return all.length > 0 ? this.#random.of(all) : undefined;
  }
}

test.each([1, 2, 3, 4])('random edits, seed %d', { timeout: 60_000 }, async (seed) => {
  const { session } = await openTestSession();
  await addTestFile(session);
  for (const name of ['A', 'B', 'C']) {
    await session.dispatch({ cmd: 'CREATE_TIMELINE', name, type: 'audio', timebase: seed % 2 ? 'beats' : 'seconds' });
  }
  const told = new Told();
  const deltas = new EngineDeltas(session.objects);
  told.learn(deltas.everything());
  const done: Command[] = [];
  session.onTransaction((transaction) => told.learn(deltas.follow(transaction)));
  const random = new Random(seed);
  const clips = new RandomCommands(session, random, 40);
  const arranger = new Arranger(session, random);
  let accepted = 0;
  let mostParts = 0;
  for (let step = 0; step < 300; step++) {
    const command = random.next() < 0.5 ? clips.next() : arranger.next();
    if (!command) continue;
    const reply = await session.dispatch(command);
    if (!reply.ok) continue;
    accepted++;
    done.push(command);
    if (accepted % 5 > 0) continue;
    mostParts = Math.max(mostParts, [...told.clips.keys()].filter((id) => id.includes('/')).length);
    const fresh = new Told();
    fresh.learn(deriveEngineDeltas(session.objects));
    const last = JSON.stringify(done.splice(0));
    expect(Object.fromEntries(told.clips), last).toEqual(Object.fromEntries(fresh.clips));
    expect(Object.fromEntries(told.triggers), last).toEqual(Object.fromEntries(fresh.triggers));
    expect(Object.fromEntries(told.loops), last).toEqual(Object.fromEntries(fresh.loops));
  }
  expect(accepted).toBeGreaterThan(150);
  expect(mostParts).toBeGreaterThan(0);
});
