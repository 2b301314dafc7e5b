// One edit under way: changes objects at once, knows how they were, and ends as a list of changes or without a trace.
import { AtomeError } from '../protocol/errors.ts';
import {
  type AnyClip,
  type AtomeObject,
  isClip,
  type Kind,
  type ObjectOf,
  type PropertiesOf,
} from '../protocol/kinds.ts';
import type { PropertyChange } from '../protocol/transaction.ts';
import { isOfKind, type ObjectEntry, type ObjectMap } from './object-map.ts';
import { hasSameHolders, mayEdit, newHolder } from './permissions.ts';
import { sameValue } from './same-value.ts';
import { parsedObject, parsedProperty } from './validate.ts';

/** Who edits, and where fresh ids and times come from. */
export interface EditContext {
  readonly author: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly createId: () => string;
  readonly activeProjectId: () => string | null;
}

/** Author of what the program does by itself: it may do everything, and nobody undoes it. */
export const systemAuthor = 'system';

/** The fields by which commands usually name an object of a kind. */
const usualFields: Readonly<Record<Kind, string>> = {
  ProjectAtome: 'project_id',
  AudioFileAtome: 'audio_file_id',
  AudioClipAtome: 'clip_id',
  GroupAtome: 'group_id',
  TimelineAtome: 'timeline_id',
  TimelineMarkerAtome: 'marker_id',
  TimelineEventAtome: 'event_id',
  TimelineClipAtome: 'clip_id',
  AudioRefTimelineAtome: 'marker_set_id',
  TimelineFollowAction: 'follow_action_id',
  ActionClipAtome: 'clip_id',
  RoutingGraphAtome: 'graph_id',
  WidgetAtome: 'widget_id',
  MediaFileAtome: 'media_file_id',
  PermissionAtome: 'permission_id',
};

/** An object before the edit. */
interface Original {
  readonly entry: ObjectEntry | undefined;
  /** The properties that were set since, each once; undefined where any may differ. */
  names: string[] | undefined;
}

type OptionalKeys<Properties> = {
  [P in keyof Properties]-?: undefined extends Properties[P] ? P : never;
}[keyof Properties];

export class Edit {
  /** Ids to tell the sender of the command, in order. */
  readonly created: string[] = [];
  readonly #originals = new Map<string, Original>();

  /** @param author whose rights count. */
  constructor(
    readonly objects: ObjectMap,
    readonly context: EditContext,
    readonly author: string = context.author,
  ) {}

  /** Ids of the objects that were written. */
  touched(): Iterable<string> {
    return this.#originals.keys();
  }

  /** @param field of the command that names it. @throws AtomeError ERR_NOT_FOUND */
  need<K extends Kind>(kind: K, id: string, field = usualFields[kind]): ObjectOf<K> {
    const object = this.objects.get(id);
    if (object && isOfKind(object, kind)) return object;
    throw new AtomeError('ERR_NOT_FOUND', `${field}: no ${kind} ${id}`);
  }

  /** A clip of any kind. @param field of the command that names it. @throws AtomeError ERR_NOT_FOUND */
  needClip(id: string, field = 'clip_id'): AnyClip {
    const object = this.objects.get(id);
    if (object && isClip(object)) return object;
    throw new AtomeError('ERR_NOT_FOUND', `${field}: no clip ${id}`);
  }

  /** @throws AtomeError ERR_BAD_COMMAND, or ERR_REFUSED when an object of that id exists or existed. */
  create<K extends Kind>(kind: K, properties: PropertiesOf<K>, id = this.context.createId()): string {
    this.#assertFree(id);
    this.#write(undefined, parsedObject(id, kind, properties));
    return id;
  }

  /** Makes an object like a valid one, of which it may share values; only what differs is checked. @throws AtomeError as `create` */
  copy<Original extends AtomeObject>(original: Original, differing: Partial<Omit<Original, 'id' | 'kind'>>): string {
    const id = this.context.createId();
    this.#assertFree(id);
    const { object } = withProperties({ ...original, id }, differing, false);
    this.#write(undefined, object);
    return id;
  }

  /** Sets the properties that are given; undefined ones stay as they are. @throws AtomeError ERR_BAD_COMMAND */
  set(object: AtomeObject, properties: Readonly<Record<string, unknown>>): void {
    this.#set(object, properties, false);
  }

  /** As `set`, for what is made of values that have been through their schema, so that long lists are not gone through again. */
  setParsed<K extends Kind>(object: ObjectOf<K>, properties: Partial<PropertiesOf<K>>): void {
    this.#set(object, properties, true);
  }

  #set(
    object: Pick<AtomeObject, 'id' | 'kind'>,
    properties: Readonly<Record<string, unknown>>,
    isParsed: boolean,
  ): void {
    const current = this.objects.get(object.id);
    if (!current) throw new AtomeError('ERR_NOT_FOUND', `no ${object.kind} ${object.id}`);
    const next = withProperties({ ...current }, properties, isParsed);
    this.#write(current, next.object, next.names);
  }

  /** Takes away a property that objects of the kind may lack. */
  unset<K extends Kind>(object: ObjectOf<K>, property: OptionalKeys<PropertiesOf<K>>): void {
    const current = this.objects.get(object.id);
    if (!current || !(property in current)) return;
    const { [property as never]: _gone, ...rest } = current;
    this.#write(current, rest as AtomeObject, [String(property)]);
  }

  remove(object: AtomeObject): void {
    this.assertPermitted(object);
    this.removeAlong(object);
  }

  /** Removes what goes with something that its author may remove. */
  removeAlong(object: AtomeObject): void {
    const { entry } = this.#remember(object.id, []);
    this.objects.restore(object.id, entry ? { object, living: false } : undefined);
  }

  /** Applies changes that were valid once, such as those of a past transaction. */
  apply(changes: readonly PropertyChange[]): void {
    for (const { objectId } of changes) this.#remember(objectId);
    this.objects.apply(changes);
  }

  /** How things differ from before the edit, each property once. What was made and removed again is left out. */
  changes(): PropertyChange[] {
    const changes: PropertyChange[] = [];
    for (const [id, { entry: original, names }] of this.#originals) {
      const entry = this.objects.entry(id);
      if (!entry) continue;
      if (original && names) appendSetProperties(changes, original.object, entry.object, names);
      else appendProperties(changes, id, original?.object ?? {}, entry.object);
      if (original && original.living !== entry.living) changes.push(lifeChange(id, original.living, entry.living));
    }
    // They are kept: a list that has grown has up to sixteen places that nothing is in.
    return changes.slice();
  }

  rollback(): void {
    for (const [id, { entry }] of this.#originals) this.objects.restore(id, entry);
    this.#originals.clear();
    this.created.length = 0;
  }

  /** @throws AtomeError ERR_NOT_PERMITTED when its author may not change the object. */
  assertPermitted(object: AtomeObject): void {
    if (this.author === systemAuthor || mayEdit(this.objects, this.author, object)) return;
    throw new AtomeError('ERR_NOT_PERMITTED', `${object.kind} ${object.id}`);
  }

  #assertFree(id: string): void {
    if (this.objects.knows(id)) throw new AtomeError('ERR_REFUSED', `id: ${id} is taken`);
  }

  /** What is changed, what it becomes and where it goes: its author has to have the right to all of them. */
  #write(before: AtomeObject | undefined, object: AtomeObject, names?: string[]): void {
    if (before) this.assertPermitted(before);
    if (!before || !hasSameHolders(before, object)) {
      this.assertPermitted(object);
      const holder = before && newHolder(this.objects, before, object);
      if (holder) this.assertPermitted(holder);
    }
    this.#remember(object.id, names);
    this.objects.restore(object.id, { object, living: true });
  }

  /** @param names of the properties that are going to change; any where they are not given */
  #remember(id: string, names?: string[]): Original {
    const known = this.#originals.get(id);
    if (!known) {
      const original = { entry: this.objects.entry(id), names };
      this.#originals.set(id, original);
      return original;
    }
    known.names = names && known.names && [...new Set([...known.names, ...names])];
    return known;
  }
}

type Properties = Readonly<Record<string, unknown>>;

/** Puts properties into a fresh object, undefined ones left out, and names those that differ. @throws AtomeError ERR_BAD_COMMAND */
function withProperties(
  object: AtomeObject,
  properties: Properties,
  isParsed: boolean,
): { readonly object: AtomeObject; readonly names: string[] } {
  const values: Record<string, unknown> = object;
  const names: string[] = [];
  for (const property in properties) {
    const value = properties[property];
    if (value === undefined || value === values[property]) continue;
    values[property] = isParsed ? value : parsedProperty(object.kind, property, value);
    names.push(property);
  }
  return { object, names };
}

function appendSetProperties(
  changes: PropertyChange[],
  original: AtomeObject,
  object: AtomeObject,
  names: readonly string[],
): void {
  const [before, after]: [Properties, Properties] = [original, object];
  for (const property of names) appendProperty(changes, object.id, property, before[property], after[property]);
}

function appendProperties(changes: PropertyChange[], objectId: string, before: Properties, after: Properties): void {
  for (const property in after) {
    if (property !== 'id') appendProperty(changes, objectId, property, before[property], after[property]);
  }
  for (const property in before) {
    if (!(property in after)) changes.push({ objectId, property, before: before[property], after: undefined });
  }
}

function appendProperty(
  changes: PropertyChange[],
  objectId: string,
  property: string,
  before: unknown,
  after: unknown,
): void {
  if (!sameValue(before, after)) changes.push({ objectId, property, before, after });
}

const lifeChange = (objectId: string, before: boolean, after: boolean): PropertyChange => ({
  objectId,
  property: 'deleted',
  before: before ? undefined : true,
  after: after ? undefined : true,
});
