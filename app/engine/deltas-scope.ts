// Which clips, loops and timelines of the engine a list of changes concerns.
import type { AtomeObject, AudioClipAtome } from '../protocol/kinds.ts';
import type { PropertyChange } from '../protocol/transaction.ts';
import type { ObjectReader } from '../session/types.ts';

/** Ids; those that were removed are not among those to resolve anew. */
export interface DeltaScope {
  readonly clips: Set<string>;
  readonly removedClips: Set<string>;
  readonly loops: Set<string>;
  readonly removedTimelines: Set<string>;
}

const emptyScope = (): DeltaScope => ({
  clips: new Set(),
  removedClips: new Set(),
  loops: new Set(),
  removedTimelines: new Set(),
});

export function everything(reader: ObjectReader): DeltaScope {
  const scope = emptyScope();
  for (const clip of reader.ofKind('AudioClipAtome')) scope.clips.add(clip.id);
  for (const timeline of reader.ofKind('TimelineAtome')) scope.loops.add(timeline.id);
  return scope;
}

/** The properties of a clip that nobody hears. */
const inaudible: ReadonlySet<string> = new Set<keyof AudioClipAtome>([
  'name',
  'color',
  'record_position',
  'project_id',
]);

/** One object's changes by property. */
type Changes = ReadonlyMap<string, PropertyChange>;

/** The scope while it is gathered: a timeline is asked for all its clips once, however many changes concern them. */
interface Gathering extends DeltaScope {
  readonly wholeTimelines: Set<string>;
}

export function affectedBy(reader: ObjectReader, changes: readonly PropertyChange[]): DeltaScope {
  const scope: Gathering = { ...emptyScope(), wholeTimelines: new Set() };
  for (const [id, own] of byObject(changes)) {
    const object = reader.get(id);
    if (object) addLiving(reader, scope, object, own);
    else addRemoved(reader, scope, id, own);
  }
  for (const timelineId of scope.wholeTimelines) {
    for (const clip of reader.clipsOf(timelineId)) scope.clips.add(clip.id);
  }
  return scope;
}

function addLiving(reader: ObjectReader, scope: Gathering, object: AtomeObject, own: Changes): void {
  const appeared = own.has('kind') || own.has('deleted');
  switch (object.kind) {
    case 'AudioClipAtome': {
      if ([...own.keys()].every((property) => inaudible.has(property))) return;
      scope.clips.add(object.id);
      const moved = own.get('timeline_id')?.before;
      const wasSolo = own.has('solo') ? own.get('solo')?.before === true : object.solo;
      const toggled = wasSolo !== object.solo;
      const arrived = object.solo && (appeared || moved !== undefined);
      if (toggled || arrived) scope.wholeTimelines.add(object.timeline_id);
      if (typeof moved === 'string' && wasSolo) scope.wholeTimelines.add(moved);
      return;
    }
    case 'GroupAtome':
      if (own.has('solo') || (object.solo && appeared)) scope.wholeTimelines.add(object.timeline_id);
      else if (own.has('muted') || own.has('gain')) addClipsOfGroup(reader, scope, object.timeline_id, object.id);
      return;
    case 'TimelineAtome':
      if (appeared || own.has('tempo_segments') || own.has('timebase')) {
        scope.wholeTimelines.add(object.id);
        scope.loops.add(object.id);
      }
      if (own.has('loop') || own.has('loop_enabled')) scope.loops.add(object.id);
      return;
    case 'AudioFileAtome':
    case 'ProjectAtome':
    case 'TimelineMarkerAtome':
      return;
  }
}

/** A removed object is known by its last state, one that was never stored by its changes alone. */
function addRemoved(reader: ObjectReader, scope: Gathering, id: string, own: Changes): void {
  const last: Readonly<Record<string, unknown>> = { ...reader.removed(id) };
  const known = (property: string): unknown => last[property] ?? own.get(property)?.before;
  const timelineId = known('timeline_id');
  const kind = known('kind');
  if (kind === 'AudioClipAtome') scope.removedClips.add(id);
  if (kind === 'TimelineAtome') scope.removedTimelines.add(id);
  if (known('solo') === true && typeof timelineId === 'string') scope.wholeTimelines.add(timelineId);
}

function addClipsOfGroup(reader: ObjectReader, scope: DeltaScope, timelineId: string, groupId: string): void {
  for (const clip of reader.clipsOf(timelineId)) if (clip.group_id === groupId) scope.clips.add(clip.id);
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
