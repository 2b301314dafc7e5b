// All objects of the session, the removed ones included, so that they can come back.
import { IdSet } from '../core/id-set.ts';
import type { AtomeObject, Kind, ObjectOf, PlacedKind } from '../protocol/kinds.ts';
import type { PropertyChange } from '../protocol/transaction.ts';
import { eachObject } from './by-object.ts';
import { isFile, ObjectIndex } from './object-index.ts';
import type { ObjectReader } from './types.ts';

/** One object and whether it is living; objects are immutable and replaced as a whole. */
export interface ObjectEntry {
  readonly object: AtomeObject;
  readonly living: boolean;
}

export class ObjectMap implements ObjectReader {
  readonly #living = new Map<string, AtomeObject>();
  readonly #removed = new Map<string, AtomeObject>();
  /** Those that were left to the disk, come back or not: their ids stay taken. */
  readonly #left = new IdSet();
  readonly #index = new ObjectIndex();
  readonly #owners = new Map<string, string>();

  get(id: string): AtomeObject | undefined {
    return this.#living.get(id);
  }

  removed(id: string): AtomeObject | undefined {
    return this.#removed.get(id);
  }

  *ofKind<K extends Kind>(kind: K): Iterable<ObjectOf<K>> {
    yield* this.#select(this.#index.ofKind(kind), kind);
  }

  clipsOf(timelineId: string): Iterable<ObjectOf<'AudioClipAtome'>> {
    return this.referrers(timelineId, 'AudioClipAtome');
  }

  /** The living objects of a kind that lie on a timeline. */
  *ofTimeline<K extends PlacedKind>(timelineId: string, kind: K): Iterable<ObjectOf<K>> {
    for (const object of this.referrers(timelineId, kind)) {
      if ((object as { readonly timeline_id: string }).timeline_id === timelineId) yield object;
    }
  }

  hasSolo(timelineId: string): boolean {
    return this.#index.hasSolo(timelineId);
  }

  /** The living objects of a kind that name `id` in one of their properties. */
  *referrers<K extends Kind>(id: string, kind: K): Iterable<ObjectOf<K>> {
    yield* this.#select(this.#index.referrers(id, kind), kind);
  }

  /** The living objects of any kind that name `id`, as they are now. */
  everyReferrer(id: string): AtomeObject[] {
    return [...this.#index.everyReferrer(id)].flatMap((referrer) => this.#living.get(referrer) ?? []);
  }

  hasReferrer(id: string, kind: Kind): boolean {
    return this.#index.referrers(id, kind).size > 0;
  }

  hasAny(kind: Kind): boolean {
    return this.#index.ofKind(kind).size > 0;
  }

  /** Who made an object; undefined for what the program made by itself. */
  ownerOf(id: string): string | undefined {
    return this.#owners.get(id);
  }

  setOwner(id: string, owner: string): void {
    this.#owners.set(id, owner);
  }

  isReferred(id: string): boolean {
    return this.#index.isReferred(id);
  }

  fileWithHash(kind: 'AudioFileAtome' | 'MediaFileAtome', hash: string): string | undefined {
    return this.#index.fileWithHash(kind, hash);
  }

  refersToBlob(hash: string): boolean {
    if (this.fileWithHash('AudioFileAtome', hash) ?? this.fileWithHash('MediaFileAtome', hash)) return true;
    // A file's hash never changes, so its last state stands for all of its past.
    for (const object of this.#removed.values()) if (isFile(object) && object.content_hash === hash) return true;
    return false;
  }

  /** Every living object, oldest first. */
  living(): IterableIterator<AtomeObject> {
    return this.#living.values();
  }

  entry(id: string): ObjectEntry | undefined {
    const object = this.#living.get(id);
    if (object) return { object, living: true };
    const removed = this.#removed.get(id);
    return removed && { object: removed, living: false };
  }

  /** Whether an object of that id is or was here. */
  knows(id: string): boolean {
    return this.#living.has(id) || this.#removed.has(id) || this.#left.has(id);
  }

  /** Leaves a removed object to the disk, from where `restore` brings it back. Files stay, for what is said of their blobs. */
  forget(id: string): void {
    const object = this.#removed.get(id);
    if (!object || isFile(object)) return;
    this.#removed.delete(id);
    this.#owners.delete(id);
    this.#left.add(id);
  }

  /** Puts an object into the given state, whatever it was before; undefined forgets it. */
  restore(id: string, entry: ObjectEntry | undefined): void {
    const before = this.#living.get(id);
    if (before && entry?.living) {
      this.#index.replace(before, entry.object);
      this.#living.set(id, entry.object);
      return;
    }
    if (before) this.#index.remove(before);
    else if (entry?.living) this.#index.add(entry.object);
    if (entry?.living) this.#living.set(id, entry.object);
    else this.#living.delete(id);
    if (entry && !entry.living) this.#removed.set(id, entry.object);
    else this.#removed.delete(id);
  }

  /** Applies changes as they are; their validity is the caller's business. */
  apply(changes: readonly PropertyChange[]): void {
    eachObject(changes, (id, own) => this.restore(id, changed(id, this.entry(id), own)));
  }

  *#select<K extends Kind>(ids: Iterable<string>, kind: K): Iterable<ObjectOf<K>> {
    for (const id of ids) {
      const object = this.#living.get(id);
      if (object && isOfKind(object, kind)) yield object;
    }
  }
}

export const isOfKind = <K extends Kind>(object: AtomeObject, kind: K): object is Extract<AtomeObject, ObjectOf<K>> =>
  object.kind === kind;

function changed(
  id: string,
  entry: ObjectEntry | undefined,
  changes: readonly PropertyChange[],
): ObjectEntry | undefined {
  const properties: Record<string, unknown> = { id, ...entry?.object };
  let living = entry?.living ?? true;
  for (const { property, after } of changes) {
    if (property === 'deleted') living = after !== true;
    else if (after === undefined) delete properties[property];
    else properties[property] = after;
  }
  return properties.kind === undefined ? undefined : { object: properties as AtomeObject, living };
}
