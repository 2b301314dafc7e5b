// Follow actions as triggers: what the playhead of a timeline does when a clip, a lane's clip or all of it has ended.
import { tempoMapOf } from '../core/tempo.ts';
import type { Seconds } from '../core/units.ts';
import type { AnyClip, TimelineAtome, TimelineFollowAction } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';
import type { Arrival } from './arrivals.ts';
import type { EngineTrigger, TriggerAction } from './audio-engine.ts';
import type { ClipSpan, ContentEnds } from './content-end.ts';
import { actionsOf } from './own-moves.ts';
import { isFrozen } from './passage-clips.ts';
import { markerPlace, timelineOf } from './timeline-places.ts';

interface PlacedClip extends ClipSpan {
  readonly id: string;
  readonly groupId: string | null;
  /** Its place in the lane; null for one that is frozen. */
  index: number | null;
}

/** What has ended when an action fires; nothing in particular at a timeline's end. */
interface Ended {
  /** Told apart in the trigger's id where one action fires for several clips. */
  readonly name: string;
  readonly at: Seconds;
  readonly clip: PlacedClip | undefined;
  readonly after: Arrival['after'];
}

/** The triggers of a timeline's follow actions: those of its clips, then of its lanes, then its own. */
export const followTriggers = (objects: ObjectReader, ends: ContentEnds, timeline: TimelineAtome): EngineTrigger[] =>
  followsOf(objects, ends, timeline).map(({ trigger }) => trigger);

/** The same, with what they wait for. */
export function followsOf(objects: ObjectReader, ends: ContentEnds, timeline: TimelineAtome): Arrival[] {
  const actions = actionsOf(objects, timeline.id);
  if (actions.length === 0) return [];
  const scene = new Scene(objects, ends, timeline, actions);
  const inOrder = (['clip', 'group', 'timeline'] as const).flatMap((scope) =>
    actions.filter((action) => action.scope === scope),
  );
  return inOrder.flatMap((action) =>
    scene.endings(action).flatMap((ended) => {
      const { after } = ended;
      return scene.triggers(action, ended).map((trigger) => ({ trigger, after }));
    }),
  );
}

/** One timeline's clips in order, and what its actions need to know of them. */
class Scene {
  readonly #objects: ObjectReader;
  readonly #ends: ContentEnds;
  readonly #timeline: TimelineAtome;
  readonly #clips: ReadonlyMap<string, PlacedClip>;
  /** By lane and then by place; a frozen clip is in none, its rendered one stands there. */
  readonly #lanes = new Map<string | null, PlacedClip[]>();
  /** Clips with an action of their own. */
  readonly #own: ReadonlySet<string>;

  constructor(
    objects: ObjectReader,
    ends: ContentEnds,
    timeline: TimelineAtome,
    actions: readonly TimelineFollowAction[],
  ) {
    this.#objects = objects;
    this.#ends = ends;
    this.#timeline = timeline;
    const placed = placedClips(objects, ends, timeline);
    this.#clips = new Map(placed.map((clip) => [clip.id, clip]));
    for (const clip of placed) {
      if (clip.index === null) continue;
      const lane = this.#lanes.get(clip.groupId);
      if (lane) lane.push(clip);
      else this.#lanes.set(clip.groupId, [clip]);
    }
    for (const lane of this.#lanes.values()) for (const [index, clip] of lane.entries()) clip.index = index;
    this.#own = new Set(actions.flatMap(({ scope, target_id }) => (scope === 'clip' ? target_id : [])));
  }

  /** When an action fires. */
  endings(action: TimelineFollowAction): Ended[] {
    const marker = action.params.trigger_marker_id;
    if (marker !== undefined) return this.#atMarker(action, marker);
    switch (action.scope) {
      case 'clip': {
        const clip = this.#clips.get(action.target_id);
        return clip ? [ended(clip, '')] : [];
      }
      case 'group':
        return this.#lane(action.target_id)
          .filter(({ id }) => !this.#own.has(id))
          .map((clip) => ended(clip, `#${clip.id}`));
      case 'timeline': {
        const at = this.#ends.of(this.#timeline);
        return at > 0 ? [{ name: '', at, clip: undefined, after: 'content' }] : [];
      }
    }
  }

  triggers(action: TimelineFollowAction, { name, at, clip }: Ended): EngineTrigger[] {
    if (!Number.isFinite(at)) return [];
    const { times } = action.params;
    const trigger = (effect: TriggerAction, suffix = ''): EngineTrigger => ({
      id: `${action.id}${name}${suffix}`,
      atSeconds: at,
      action: effect,
      ...(times === undefined ? {} : { times }),
    });
    const effect = this.#effect(action, clip);
    if (!effect) return [];
    const endsHere = action.scope === 'timeline' && effect.type === 'play';
    return endsHere ? [trigger(effect), trigger({ type: 'stop' }, '#stop')] : [trigger(effect)];
  }

  #atMarker(action: TimelineFollowAction, markerId: string): Ended[] {
    const at = markerPlace(this.#objects, this.#timeline, markerId);
    if (at === undefined) return [];
    const clip = action.scope === 'clip' ? this.#clips.get(action.target_id) : this.#lastBefore(action, at);
    return [{ name: '', at, clip, after: undefined }];
  }

  /** The clip of a lane that has begun last when a marker is reached. */
  #lastBefore({ scope, target_id }: TimelineFollowAction, at: Seconds): PlacedClip | undefined {
    if (scope !== 'group') return undefined;
    return this.#lane(target_id).findLast(({ start }) => start < at);
  }

  #effect(action: TimelineFollowAction, clip: PlacedClip | undefined): TriggerAction | undefined {
    const { params, action_type } = action;
    switch (action_type) {
      case 'PlayNextClip':
        return jump(this.#next(action, clip));
      case 'Stop':
        return { type: 'stop' };
      case 'LoopClip':
        return { type: 'jump', seconds: clip?.start ?? this.#first()?.start ?? 0 };
      case 'RandomClipInGroup':
        return this.#choice(action, clip);
      case 'JumpToMarker': {
        const seconds = markerPlace(this.#objects, this.#timeline, params.marker_id);
        return seconds === undefined ? undefined : { type: 'jump', seconds };
      }
      case 'PlayTimeline':
        return this.#otherTimeline(params);
      case 'StopTimeline': {
        const id = params.timeline_id ?? this.#timeline.id;
        if (id === this.#timeline.id) return { type: 'stop' };
        return timelineOf(this.#objects, id) && { type: 'stopOther', timelineId: id };
      }
      case 'TriggerActionClip':
        return params.action_clip_id === undefined ? undefined : { type: 'notify' };
    }
  }

  /** The next clip of the same lane; a lane's own action begins again with its first, a timeline's with the first of all. */
  #next({ scope }: TimelineFollowAction, clip: PlacedClip | undefined): PlacedClip | undefined {
    if (!clip) return this.#first();
    const lane = this.#lane(clip.groupId);
    const next = clip.index === null ? lane.find(({ start }) => start > clip.start) : lane[clip.index + 1];
    return next ?? (scope === 'group' ? lane[0] : undefined);
  }

  #first(): PlacedClip | undefined {
    for (const clip of this.#clips.values()) if (clip.index !== null) return clip;
    return undefined;
  }

  #lane(groupId: string | null): readonly PlacedClip[] {
    return this.#lanes.get(groupId) ?? [];
  }

  #choice({ id, params, scope }: TimelineFollowAction, clip: PlacedClip | undefined): TriggerAction | undefined {
    const ofAll = params.group_id === undefined && scope === 'timeline';
    const clips = ofAll ? [...this.#lanes.values()].flat() : this.#lane(params.group_id ?? clip?.groupId ?? null);
    const seconds = clips.map(({ start }) => start);
    // Each clip of a lane counts its own firings: with one seed for all, their choices would go in step.
    const apart = scope === 'group' ? Math.imul(clip?.index ?? 0, 0x9e3779b1) : 0;
    const seed = ((params.seed ?? seedOf(id)) + apart) >>> 0;
    return seconds.length > 0 ? { type: 'choose', seconds, seed } : undefined;
  }

  #otherTimeline({ timeline_id, marker_id, start }: TimelineFollowAction['params']): TriggerAction | undefined {
    const target = timelineOf(this.#objects, timeline_id);
    if (!target) return undefined;
    const seconds =
      markerPlace(this.#objects, target, marker_id) ?? (start === undefined ? 0 : tempoMapOf(target).toSeconds(start));
    return target.id === this.#timeline.id
      ? { type: 'jump', seconds }
      : { type: 'play', timelineId: target.id, seconds };
  }
}

const ended = (clip: PlacedClip, name: string): Ended => ({ name, at: clip.end, clip, after: { clipId: clip.id } });

const jump = (clip: PlacedClip | undefined): TriggerAction | undefined => clip && { type: 'jump', seconds: clip.start };

function placedClips(objects: ObjectReader, ends: ContentEnds, timeline: TimelineAtome): PlacedClip[] {
  const placed: PlacedClip[] = [];
  const place = (clip: AnyClip): void => {
    const index = clip.kind === 'AudioClipAtome' && isFrozen(clip) ? null : 0;
    placed.push({ id: clip.id, groupId: clip.group_id, index, ...ends.spanOf(timeline, clip) });
  };
  for (const clip of objects.clipsOf(timeline.id)) place(clip);
  for (const clip of objects.ofTimeline(timeline.id, 'TimelineClipAtome')) place(clip);
  for (const clip of objects.ofTimeline(timeline.id, 'ActionClipAtome')) place(clip);
  return placed.sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
}

/** A number that is always the same for an id: FNV-1a of its letters. */
function seedOf(id: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < id.length; index++) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
