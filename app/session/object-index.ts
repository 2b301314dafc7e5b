// Constant-time answers about living objects: by kind, by what they name, by content hash, and who is solo.
import type { AtomeObject, Kind } from '../protocol/kinds.ts';
import { type Reference, referencesOf } from './references.ts';

type Ids = Set<string>;
const none: ReadonlySet<string> = new Set();

export class ObjectIndex {
  readonly #byKind = new Map<Kind, Ids>();
  /** Named object -> kind of those that name it -> their ids. */
  readonly #referrers = new Map<string, Map<Kind, Ids>>();
  readonly #fileByHash = new Map<string, string>();
  /** Timeline -> its solo clips and groups. */
  readonly #solo = new Map<string, Ids>();

  ofKind(kind: Kind): ReadonlySet<string> {
    return this.#byKind.get(kind) ?? none;
  }

  /** The living objects of a kind that name `id`. */
  referrers(id: string, kind: Kind): ReadonlySet<string> {
    return this.#referrers.get(id)?.get(kind) ?? none;
  }

  isReferred(id: string): boolean {
    return this.#referrers.has(id);
  }

  fileWithHash(hash: string): string | undefined {
    return this.#fileByHash.get(hash);
  }

  hasSolo(timelineId: string): boolean {
    return this.#solo.has(timelineId);
  }

  add(object: AtomeObject): void {
    entry(this.#byKind, object.kind, newIds).add(object.id);
    for (const reference of referencesOf(object)) this.#addReference(object, reference);
    if (object.kind === 'AudioFileAtome') this.#fileByHash.set(object.content_hash, object.id);
    if (isSolo(object)) entry(this.#solo, object.timeline_id, newIds).add(object.id);
  }

  remove(object: AtomeObject): void {
    this.#byKind.get(object.kind)?.delete(object.id);
    for (const reference of referencesOf(object)) this.#removeReference(object, reference);
    if (object.kind === 'AudioFileAtome' && this.#fileByHash.get(object.content_hash) === object.id) {
      this.#fileByHash.delete(object.content_hash);
    }
    if (isSolo(object)) discard(this.#solo, object.timeline_id, object.id);
  }

  /** Leaves every order as it was where only unindexed properties differ. */
  replace(before: AtomeObject, after: AtomeObject): void {
    if (fingerprint(before) === fingerprint(after)) return;
    const old = referencesOf(before);
    const fresh = referencesOf(after);
    for (const reference of old) if (!includes(fresh, reference)) this.#removeReference(before, reference);
    for (const reference of fresh) if (!includes(old, reference)) this.#addReference(after, reference);
    if (isSolo(before)) discard(this.#solo, before.timeline_id, before.id);
    if (isSolo(after)) entry(this.#solo, after.timeline_id, newIds).add(after.id);
  }

  #addReference(object: AtomeObject, reference: Reference): void {
    entry(
      entry(this.#referrers, reference.id, () => new Map<Kind, Ids>()),
      object.kind,
      newIds,
    ).add(object.id);
  }

  #removeReference(object: AtomeObject, reference: Reference): void {
    const kinds = this.#referrers.get(reference.id);
    if (!kinds) return;
    discard(kinds, object.kind, object.id);
    if (kinds.size === 0) this.#referrers.delete(reference.id);
  }
}

const newIds = (): Ids => new Set();

function entry<Key, Value>(map: Map<Key, Value>, key: Key, create: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = create();
  map.set(key, value);
  return value;
}

function discard<Key>(map: Map<Key, Ids>, key: Key, id: string): void {
  const ids = map.get(key);
  ids?.delete(id);
  if (ids?.size === 0) map.delete(key);
}

const isSolo = (object: AtomeObject): object is Extract<AtomeObject, { solo: boolean }> =>
  (object.kind === 'AudioClipAtome' || object.kind === 'GroupAtome') && object.solo;

const includes = (references: readonly Reference[], wanted: Reference): boolean =>
  references.some((reference) => reference.id === wanted.id && reference.property === wanted.property);

/** Equal for two states of one object that the index cannot tell apart. */
function fingerprint(object: AtomeObject): string {
  switch (object.kind) {
    case 'AudioClipAtome':
      return `${object.timeline_id} ${object.audio_file_id} ${object.group_id} ${object.project_id} ${object.solo}`;
    case 'GroupAtome':
      return `${object.timeline_id} ${object.project_id} ${object.solo}`;
    case 'TimelineAtome':
      return object.project_id;
    case 'TimelineMarkerAtome':
      return object.timeline_id;
    case 'ProjectAtome':
      return object.active_timeline_id ?? '';
    case 'AudioFileAtome':
      return object.project_ids.join(' ');
  }
}
