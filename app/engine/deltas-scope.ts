// Which clips, loops, triggers and timelines of the engine a list of changes concerns.
import type { AtomeObject, AudioClipAtome, Kind } from '../protocol/kinds.ts';
import type { PropertyChange } from '../protocol/transaction.ts';
import type { ObjectReader } from '../session/types.ts';

/** Ids; those that were removed are not among those to resolve anew. */
export interface DeltaScope {
  /** Clips where they lie. */
  readonly clips: Set<string>;
  readonly removedClips: Set<string>;
  /** Timelines whose nested timelines and audio events are to be resolved anew. */
  readonly derived: Set<string>;
  readonly triggers: Set<string>;
  /** What other timelines' triggers refer to has changed. */
  everyTrigger: boolean;
  readonly loops: Set<string>;
  readonly removedTimelines: Set<string>;
}

const emptyScope = (): DeltaScope => ({
  clips: new Set(),
  removedClips: new Set(),
  derived: new Set(),
  triggers: new Set(),
  everyTrigger: false,
  loops: new Set(),
  removedTimelines: new Set(),
});

export function everything(objects: ObjectReader): DeltaScope {
  const scope = emptyScope();
  for (const clip of objects.ofKind('AudioClipAtome')) scope.clips.add(clip.id);
  for (const { id } of objects.ofKind('TimelineAtome')) {
    scope.derived.add(id);
    scope.triggers.add(id);
    scope.loops.add(id);
  }
  return scope;
}

/** Call it when the objects show the changes. */
export function affectedBy(objects: ObjectReader, changes: readonly PropertyChange[]): DeltaScope {
  const gathering = new Gathering(objects);
  for (const [id, own] of byObject(changes)) {
    const living = objects.get(id);
    const object = living ?? objects.removed(id) ?? lastKnown(id, own);
    if (object) gathering.add(object, own, living !== undefined);
  }
  return gathering.finish();
}

/** What nobody hears of a clip or an event. */
const inaudible: ReadonlySet<string> = new Set<keyof AudioClipAtome>([
  'name',
  'color',
  'record_position',
  'project_id',
]);
/** What leaves a clip where it is. */
const mixOnly: ReadonlySet<string> = new Set<keyof AudioClipAtome>(['gain', 'pan', 'muted', 'solo']);

/** One object's changes by property. */
type Changes = ReadonlyMap<string, PropertyChange>;

class Gathering {
  readonly #objects: ObjectReader;
  readonly #scope = emptyScope();
  /** Timelines to be asked for all their clips once, however many changes concern them. */
  readonly #whole = new Set<string>();
  /** Timelines that sound or end differently, which those that play them take over. */
  readonly #touched = new Set<string>();

  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  add(object: AtomeObject, own: Changes, isLiving: boolean): void {
    const names = [...own.keys()];
    if (names.every((name) => inaudible.has(name))) return;
    const appeared = own.has('kind') || own.has('deleted');
    switch (object.kind) {
      case 'AudioClipAtome':
        this.#addClip(object, own, isLiving);
        break;
      case 'TimelineClipAtome':
        if (appeared || own.has('solo')) this.#followSolo(object, own);
        this.#addDerived(object.timeline_id, own);
        break;
      case 'GroupAtome':
        this.#addGroup(object, own, appeared);
        break;
      case 'TimelineAtome':
        this.#addTimeline(object.id, own, isLiving, appeared);
        break;
      case 'TimelineMarkerAtome':
      case 'TimelineEventAtome':
        for (const target of [own.get('target_clip_id')?.before, 'target_clip_id' in object && object.target_clip_id]) {
          if (typeof target === 'string') this.#scope.clips.add(target);
        }
        this.#scope.everyTrigger = true;
        this.#addDerived(object.timeline_id, own);
        break;
      case 'ActionClipAtome':
        this.#addDerived(object.timeline_id, own);
        break;
      case 'TimelineFollowAction':
        this.#scope.everyTrigger = true;
        for (const target of [own.get('target_id')?.before, object.target_id]) {
          if (typeof target === 'string') this.#addAction(target);
        }
        break;
      default:
    }
  }

  finish(): DeltaScope {
    const { clips, derived, triggers } = this.#scope;
    for (const timelineId of this.#whole) {
      for (const clip of this.#objects.clipsOf(timelineId)) clips.add(clip.id);
      derived.add(timelineId);
      triggers.add(timelineId);
    }
    const queue = [...this.#touched];
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const { timeline_id } of this.#playing(id)) {
        if (!derived.has(timeline_id) || !triggers.has(timeline_id)) queue.push(timeline_id);
        derived.add(timeline_id);
        triggers.add(timeline_id);
      }
    }
    return this.#scope;
  }

  #addClip(clip: AudioClipAtome, own: Changes, isLiving: boolean): void {
    (isLiving ? this.#scope.clips : this.#scope.removedClips).add(clip.id);
    this.#followSolo(clip, own);
    const moved = own.get('timeline_id')?.before;
    for (const timelineId of typeof moved === 'string' ? [moved, clip.timeline_id] : [clip.timeline_id]) {
      this.#touched.add(timelineId);
      if ([...own.keys()].some((name) => !mixOnly.has(name))) this.#scope.triggers.add(timelineId);
    }
    for (const { timeline_id } of this.#objects.referrers(clip.id, 'TimelineEventAtome')) {
      this.#touched.add(timeline_id);
      this.#scope.derived.add(timeline_id);
    }
  }

  /** What becomes solo, or is not any more, silences and frees the others of its timeline. */
  #followSolo(clip: Extract<AtomeObject, { solo: boolean; timeline_id: string }>, own: Changes): void {
    const appeared = own.has('kind') || own.has('deleted');
    const moved = own.get('timeline_id')?.before;
    const wasSolo = own.has('solo') ? own.get('solo')?.before === true : clip.solo;
    if (wasSolo !== clip.solo || (clip.solo && (appeared || moved !== undefined))) this.#whole.add(clip.timeline_id);
    if (typeof moved === 'string' && wasSolo) this.#whole.add(moved);
  }

  #addGroup(group: Extract<AtomeObject, { kind: 'GroupAtome' }>, own: Changes, appeared: boolean): void {
    if (own.has('solo') || (group.solo && appeared)) this.#whole.add(group.timeline_id);
    else if (own.has('muted') || own.has('gain')) {
      for (const clip of this.#objects.clipsOf(group.timeline_id)) {
        if (clip.group_id === group.id) this.#scope.clips.add(clip.id);
      }
    } else return;
    this.#scope.derived.add(group.timeline_id);
    this.#scope.triggers.add(group.timeline_id);
    this.#touched.add(group.timeline_id);
  }

  #addTimeline(id: string, own: Changes, isLiving: boolean, appeared: boolean): void {
    if (!isLiving) this.#scope.removedTimelines.add(id);
    if (appeared || own.has('tempo_segments') || own.has('timebase')) {
      if (isLiving) this.#whole.add(id);
      this.#scope.loops.add(id);
      this.#scope.everyTrigger = true;
      this.#addDerived(id, own);
    }
    if (own.has('loop') || own.has('loop_enabled')) this.#scope.loops.add(id);
  }

  #addDerived(timelineId: string, own: Changes): void {
    const moved = own.get('timeline_id')?.before;
    for (const id of typeof moved === 'string' ? [moved, timelineId] : [timelineId]) {
      this.#scope.derived.add(id);
      this.#scope.triggers.add(id);
      this.#touched.add(id);
    }
  }

  #addAction(targetId: string): void {
    const target = this.#objects.get(targetId);
    const timelineId =
      target?.kind === 'TimelineAtome' ? target.id : target && 'timeline_id' in target && target.timeline_id;
    if (!timelineId) return;
    this.#scope.triggers.add(timelineId);
    this.#touched.add(timelineId);
  }

  /** The nested clips that play a timeline. */
  *#playing(timelineId: string): Iterable<{ readonly timeline_id: string }> {
    for (const clip of this.#objects.referrers(timelineId, 'TimelineClipAtome')) {
      if (clip.nested_timeline_id === timelineId) yield clip;
    }
  }
}

/** What was never stored is known by its changes alone. */
function lastKnown(id: string, own: Changes): AtomeObject | undefined {
  const kind = own.get('kind')?.before as Kind | undefined;
  if (kind === undefined) return undefined;
  const properties = [...own].map(([name, { before }]) => [name, before]);
  return { ...Object.fromEntries(properties), id, kind };
}

function byObject(changes: readonly PropertyChange[]): Map<string, Map<string, PropertyChange>> {
  const objects = new Map<string, Map<string, PropertyChange>>();
  for (const change of changes) {
    const own = objects.get(change.objectId);
    if (own) own.set(change.property, change);
    else objects.set(change.objectId, new Map([[change.property, change]]));
  }
  return objects;
}
