// Random editing commands of every kind that fit what is there, mostly those that people give most.
import type { EditCommand, EditCommandType } from '../../protocol/commands.ts';
import type { AudioClipAtome, Kind, ObjectOf } from '../../protocol/kinds.ts';
import { isOfKind } from '../object-map.ts';
import type { Session } from '../session.ts';
import { spanOf } from '../span.ts';
import { testId } from './fixtures.ts';
import type { Random } from './random.ts';

/** How often each is tried, of all together. */
const weights: Readonly<Record<EditCommandType, number>> = {
  SET_CLIP: 300,
  MOVE_CLIP: 250,
  TRIM_CLIP: 100,
  ADD_CLIP: 60,
  STRETCH_CLIP: 25,
  FIT_CLIP_TO_TEMPO: 5,
  SPLIT_CLIP: 40,
  JOIN_CLIPS: 30,
  REMOVE_CLIPS: 50,
  DUPLICATE_CLIPS: 15,
  GROUP_CLIPS: 20,
  CROSSFADE_CLIPS: 10,
  SET_OBJECT: 40,
  REMOVE_OBJECT: 8,
  ADD_MARKER: 15,
  ADD_EVENT: 6,
  ADD_ACTION_CLIP: 6,
  ADD_FOLLOW_ACTION: 6,
  ADD_NESTED_TIMELINE: 3,
  ADD_AUDIO_REF_TIMELINE: 1,
  ADD_WIDGET: 2,
  ADD_FILE: 2,
  ADD_MEDIA_FILE: 1,
  CREATE_TIMELINE: 1,
  CREATE_GROUP: 3,
  CREATE_PROJECT: 0,
  OPEN_PROJECT: 1,
  INSERT_TIME: 1,
  REMOVE_TIME: 1,
  FREEZE_CLIPS: 3,
  UNFREEZE_CLIP: 3,
  SET_ROUTING_GRAPH: 1,
  UPDATE_ROUTING: 3,
  SET_NODE_PARAM: 10,
  SCHEDULE_AUTOMATION: 8,
  GRANT: 2,
  REVOKE: 2,
  SET_TEMPO: 3,
  SET_TEMPO_SEGMENTS: 2,
  TIMELINE_SET_LOOP: 4,
};

/** A gesture: those in a row are one step. */
const drag = testId(1, 0xd7a6);

const types = Object.keys(weights) as EditCommandType[];
const heaviest = types.reduce((sum, type) => sum + weights[type], 0);

export class RandomCommands {
  readonly #session: Session;
  readonly #random: Random;
  readonly #mostClips: number;
  /** Ids by kind; those that are gone are dropped when they are met. */
  readonly #ids = new Map<Kind, string[]>();
  /** Halves of clips that were split. */
  #halves: readonly [string, string] | undefined;
  #files = 0;

  /** @param mostClips from so many on, more are removed than added. */
  constructor(session: Session, random: Random, mostClips = 1000) {
    this.#session = session;
    this.#random = random;
    this.#mostClips = mostClips;
    for (const { id, kind } of Object.values(session.getState().objects)) this.#idsOf(kind).push(id);
    session.onTransaction(({ changes, created }) => {
      for (const { objectId, property } of changes) {
        const object = property === 'kind' || property === 'deleted' ? session.objects.get(objectId) : undefined;
        if (object) this.#idsOf(object.kind).push(objectId);
      }
      const [first, second] = created ?? [];
      const split = first !== undefined && second !== undefined && !changes.some(({ property }) => property === 'bpm');
      if (split) this.#halves = [first, second];
    });
  }

  /** The next one; it may still be refused, for places and names are drawn without looking at every rule. */
  next(): EditCommand {
    for (;;) {
      const command = this.#commandOf(this.#type());
      if (command) return command;
    }
  }

  #type(): EditCommandType {
    if (this.#idsOf('AudioClipAtome').length > this.#mostClips && this.#random.next() < 0.2) return 'REMOVE_CLIPS';
    let left = this.#random.next() * heaviest;
    for (const type of types) {
      left -= weights[type];
      if (left < 0) return type;
    }
    return 'SET_CLIP';
  }

  #commandOf(cmd: EditCommandType): EditCommand | undefined {
    const random = this.#random;
    const timeline = this.#any('TimelineAtome');
    const clip = this.#any('AudioClipAtome');
    const file = this.#any('AudioFileAtome');
    const group = this.#any('GroupAtome');
    const timeline_id = timeline?.id ?? '';
    const place = random.below(4000) / 8;
    switch (cmd) {
      case 'CREATE_PROJECT':
        return { cmd, name: 'Another' };
      case 'OPEN_PROJECT':
        return { cmd, project_id: this.#any('ProjectAtome')?.id ?? '' };
      case 'CREATE_TIMELINE': {
        const timebase = random.of(['seconds', 'beats'] as const);
        return { cmd, name: `Timeline ${place}`, type: 'mixed', timebase };
      }
      case 'ADD_FILE':
        return { cmd, file: this.#sound() };
      case 'ADD_MEDIA_FILE':
        return { cmd, file: { ...this.#hashed(), mime: 'video/mp4', bytes: 1, duration: 1, width: 1, height: 1 } };
      case 'ADD_CLIP':
        if (!file) return undefined;
        return { cmd, timeline_id, audio_file_id: file.id, play_position: place, ...this.#part() };
      case 'SET_CLIP':
        return clip && { cmd, clip_id: clip.id, ...this.#change(), ...(random.next() < 0.3 ? { gesture: drag } : {}) };
      case 'MOVE_CLIP':
        return clip && { cmd, clip_id: clip.id, play_position: place, ...this.#rarely({ ripple: true }) };
      case 'TRIM_CLIP':
        return clip && { cmd, clip_id: clip.id, ...this.#part(), ...this.#rarely({ ripple: true }) };
      case 'STRETCH_CLIP':
        return this.#stretch(clip);
      case 'FIT_CLIP_TO_TEMPO':
        return clip && { cmd, clip_ids: [clip.id], bpm: 60 + random.below(120), first_beat: random.next() };
      case 'SPLIT_CLIP':
        return this.#split();
      case 'JOIN_CLIPS':
        return this.#join();
      case 'REMOVE_CLIPS':
        return clip && { cmd, clip_ids: [clip.id], ...this.#rarely({ ripple: true }) };
      case 'DUPLICATE_CLIPS':
        return clip && { cmd, clip_ids: [clip.id] };
      case 'GROUP_CLIPS':
        return clip && { cmd, clip_ids: [clip.id], group_id: this.#groupOn(clip.timeline_id) };
      case 'CROSSFADE_CLIPS':
        return this.#halves && { cmd, clip_ids: [...this.#halves] };
      case 'INSERT_TIME':
        return { cmd, timeline_id, at: place, duration: 1 };
      case 'REMOVE_TIME':
        return { cmd, timeline_id, start: place, end: place + 1 };
      case 'FREEZE_CLIPS':
        if (!clip || !file) return undefined;
        return { cmd, clip_ids: [clip.id], audio_file_id: file.id, play_position: clip.play_position };
      case 'UNFREEZE_CLIP':
        return clip && { cmd, clip_id: clip.frozen_by ?? clip.id };
      case 'CREATE_GROUP':
        return { cmd, timeline_id, name: 'Lane' };
      case 'ADD_MARKER':
        return { cmd, timeline_id, time: place };
      case 'ADD_EVENT':
        return { cmd, timeline_id, time: place, type: 'audio_clip_param', target_clip_id: clip?.id ?? null };
      case 'ADD_NESTED_TIMELINE': {
        const nested_timeline_id = this.#any('TimelineAtome')?.id ?? '';
        return { cmd, timeline_id, nested_timeline_id, play_position: place, duration: 4 };
      }
      case 'ADD_FOLLOW_ACTION':
        return (
          clip && { cmd, scope: 'clip', target_id: clip.id, action_type: random.of(['LoopClip', 'Stop'] as const) }
        );
      case 'ADD_ACTION_CLIP': {
        const times = Array.from({ length: random.below(8) }, () => random.next() * 4).sort((a, b) => a - b);
        const events = times.map((time_offset) => ({ time_offset, type: 'script' as const, payload: {} }));
        return { cmd, timeline_id, play_position: place, duration: 4, events };
      }
      case 'ADD_AUDIO_REF_TIMELINE':
        return file && { cmd, audio_file_id: file.id };
      case 'ADD_WIDGET':
        return { cmd, type: random.of(['slider', 'xy', 'toggle'] as const), name: 'Widget' };
      case 'SET_ROUTING_GRAPH':
        return { cmd, graph: { nodes: [0, 1, 2, 3].map((n) => this.#node(n)), connections: [] } };
      case 'UPDATE_ROUTING': {
        const [from, to] = [random.below(4), random.below(4)];
        return { cmd, delta: { nodes: [this.#node(from), this.#node(to)], connections: [this.#wire(from, to)] } };
      }
      case 'SET_NODE_PARAM':
        return { cmd, node_id: `node ${random.below(4)}`, param: 'gain', value: random.next() };
      case 'SCHEDULE_AUTOMATION':
        return { cmd, timeline_id, target: timeline_id, param_path: 'gain', time: random.below(20), value: place };
      case 'GRANT':
        return clip && { cmd, object_id: clip.id, grantee: random.of(['everyone', testId(9)]), right: 'edit' };
      case 'REVOKE': {
        const permission = this.#any('PermissionAtome');
        return permission && { cmd, object_id: permission.object_id, grantee: permission.grantee };
      }
      case 'SET_OBJECT':
        return group && { cmd, id: group.id, properties: { gain: random.below(16) / 8, muted: random.next() < 0.5 } };
      case 'REMOVE_OBJECT':
        return this.#removal();
      case 'SET_TEMPO':
        return { cmd, timeline_id, bpm: 60 + random.below(120) };
      case 'SET_TEMPO_SEGMENTS': {
        const segment = (start_position: number) => ({
          start_position,
          bpm: 60 + random.below(120),
          time_signature: '4/4',
        });
        return { cmd, timeline_id, segments: [segment(0), segment(1 + place)] };
      }
      case 'TIMELINE_SET_LOOP':
        return { cmd, timeline_id, loop: random.next() < 0.3 ? null : { start: place, end: place + 4 } };
    }
  }

  #stretch(clip: AudioClipAtome | undefined): EditCommand | undefined {
    if (!clip) return undefined;
    const { start, end } = spanOf(this.#session.objects, clip);
    const edge = this.#random.of(['start', 'end'] as const);
    const length = (end - start) * this.#random.between(0.5, 2);
    const position = edge === 'end' ? start + length : Math.max(0, end - length);
    return { cmd: 'STRETCH_CLIP', clip_id: clip.id, edge, position, ...this.#rarely({ ripple: true }) };
  }

  #split(): EditCommand | undefined {
    const clip = this.#random.next() < 0.8 ? this.#any('AudioClipAtome') : this.#any('ActionClipAtome');
    if (!clip) return undefined;
    const { start, end } = spanOf(this.#session.objects, clip);
    return { cmd: 'SPLIT_CLIP', clip_id: clip.id, position: this.#random.between(start, end) };
  }

  #join(): EditCommand | undefined {
    const pair = this.#halves;
    this.#halves = undefined;
    return pair && { cmd: 'JOIN_CLIPS', clip_ids: [...pair] };
  }

  #removal(): EditCommand | undefined {
    const kinds = ['TimelineMarkerAtome', 'TimelineEventAtome', 'TimelineFollowAction', 'ActionClipAtome'] as const;
    const more = ['TimelineClipAtome', 'WidgetAtome', 'GroupAtome', 'PermissionAtome'] as const;
    const object = this.#any(this.#random.of([...kinds, ...kinds, ...more]));
    return object && { cmd: 'REMOVE_OBJECT', id: object.id };
  }

  #change(): Partial<AudioClipAtome> {
    const random = this.#random;
    return random.of([
      { gain: random.below(32) / 16 },
      { pan: random.below(16) / 8 - 1 },
      { muted: random.next() < 0.5 },
      { solo: random.next() < 0.1 },
      { color: random.below(12) },
      { name: `Clip ${random.below(100)}` },
      { fade_in: random.below(8) / 8, fade_out: random.below(8) / 8 },
      { pitch_shift: random.below(49) - 24 },
      { stretch_ratio: random.between(0.25, 4) },
    ]);
  }

  /** A part of a file, in frames of 48 kHz. */
  #part(): { start_offset: number; end_offset: number } {
    const start = this.#random.below(200_000);
    return { start_offset: start / 48_000, end_offset: (start + 24_000 + this.#random.below(200_000)) / 48_000 };
  }

  #sound() {
    const shape = { sample_rate: 48_000, bit_depth: 24, channels: 2, frames: 480_000, duration: 10 } as const;
    return { ...this.#hashed(), ...shape, container: 'wav', source: 'import' } as const;
  }

  #hashed(): { name: string; content_hash: string } {
    this.#files++;
    return { name: `File ${this.#files}`, content_hash: `f${this.#files.toString(16).padStart(63, '0')}` };
  }

  #node(n: number) {
    return { id: `node ${n}`, type: 'bus' as const, name: `Bus ${n}`, params: {} };
  }

  #wire(from: number, to: number) {
    const ends = { source_node_id: `node ${from}`, target_node_id: `node ${to}` };
    return { id: `wire ${from} ${to}`, ...ends, source_channel: 0, target_channel: 0, gain: 1 };
  }

  #groupOn(timelineId: string): string | null {
    const group = this.#any('GroupAtome');
    return group?.timeline_id === timelineId ? group.id : null;
  }

  #rarely<Fields extends object>(fields: Fields): Fields | Record<never, never> {
    return this.#random.next() < 0.02 ? fields : {};
  }

  #any<K extends Kind>(kind: K): ObjectOf<K> | undefined {
    const ids = this.#idsOf(kind);
    while (ids.length > 0) {
      const at = this.#random.below(ids.length);
      const object = this.#session.objects.get(ids[at] ?? '');
      if (object && isOfKind(object, kind)) return object;
      ids[at] = ids.at(-1) ?? '';
      ids.pop();
    }
    return undefined;
  }

  #idsOf(kind: Kind): string[] {
    const known = this.#ids.get(kind);
    if (known) return known;
    const ids: string[] = [];
    this.#ids.set(kind, ids);
    return ids;
  }
}
