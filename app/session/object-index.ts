// Constant-time answers about living objects: by kind, by what they name, by content hash, and who is solo.
import type { AtomeObject, AudioFileAtome, Kind, MediaFileAtome } from '../protocol/kinds.ts';
import { eachReference, namesTheSame } from './references.ts';

/** Objects that stand for stored bytes. */
type File = AudioFileAtome | MediaFileAtome;

export const isFile = (object: AtomeObject): object is File =>
  object.kind === 'AudioFileAtome' || object.kind === 'MediaFileAtome';

const hashKey = ({ kind, content_hash }: File): string => `${kind} ${content_hash}`;

type Ids = Set<string>;
const none: ReadonlySet<string> = new Set();

export class ObjectIndex {
  readonly #byKind = new Map<Kind, Ids>();
  /** Named object -> kind of those that name it -> their ids. */
  readonly #referrers = new Map<string, Map<Kind, Ids>>();
  /** Objects whose names are not in there yet: a start shows thousands of them before anybody asks who names whom. */
  #unread: AtomeObject[] = [];
  /** Kind and content hash -> file. */
  readonly #fileByHash = new Map<string, string>();
  /** Timeline -> its solo clips and groups. */
  readonly #solo = new Map<string, Ids>();

  ofKind(kind: Kind): ReadonlySet<string> {
    return this.#byKind.get(kind) ?? none;
  }

  /** The living objects of a kind that name `id`. */
  referrers(id: string, kind: Kind): ReadonlySet<string> {
    return this.#allReferrers().get(id)?.get(kind) ?? none;
  }

  *everyReferrer(id: string): Iterable<string> {
    for (const ids of this.#allReferrers().get(id)?.values() ?? []) yield* ids;
  }

  isReferred(id: string): boolean {
    return this.#allReferrers().has(id);
  }

  fileWithHash(kind: File['kind'], hash: string): string | undefined {
    return this.#fileByHash.get(`${kind} ${hash}`);
  }

  hasSolo(timelineId: string): boolean {
    return this.#solo.has(timelineId);
  }

  add(object: AtomeObject): void {
    entry(this.#byKind, object.kind, newIds).add(object.id);
    this.#unread.push(object);
    if (isFile(object)) this.#fileByHash.set(hashKey(object), object.id);
    if (isSolo(object)) entry(this.#solo, object.timeline_id, newIds).add(object.id);
  }

  remove(object: AtomeObject): void {
    this.#byKind.get(object.kind)?.delete(object.id);
    eachReference(object, (id) => this.#removeReference(object, id));
    if (isFile(object) && this.#fileByHash.get(hashKey(object)) === object.id) {
      this.#fileByHash.delete(hashKey(object));
    }
    if (isSolo(object)) discard(this.#solo, object.timeline_id, object.id);
  }

  /** Leaves every order as it was where only unindexed properties differ. */
  replace(before: AtomeObject, after: AtomeObject): void {
    if (namesTheSame(before, after) && isSolo(before) === isSolo(after)) return;
    const old = namedBy(before);
    const fresh = namedBy(after);
    for (const id of old) if (!fresh.has(id)) this.#removeReference(before, id);
    for (const id of fresh) if (!old.has(id)) this.#addReference(after, id);
    if (isSolo(before)) discard(this.#solo, before.timeline_id, before.id);
    if (isSolo(after)) entry(this.#solo, after.timeline_id, newIds).add(after.id);
  }

  #allReferrers(): Map<string, Map<Kind, Ids>> {
    if (this.#unread.length > 0) {
      const unread = this.#unread;
      this.#unread = [];
      for (const object of unread) eachReference(object, (id) => this.#addReference(object, id));
    }
    return this.#referrers;
  }

  #addReference(object: AtomeObject, named: string): void {
    entry(entry(this.#allReferrers(), named, newKinds), object.kind, newIds).add(object.id);
  }

  #removeReference(object: AtomeObject, named: string): void {
    const byKind = this.#allReferrers().get(named);
    if (!byKind) return;
    discard(byKind, object.kind, object.id);
    if (byKind.size === 0) this.#referrers.delete(named);
  }
}

const newIds = (): Ids => new Set();
const newKinds = (): Map<Kind, Ids> => new Map();

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
  'solo' in object && object.solo;

function namedBy(object: AtomeObject): Set<string> {
  const ids = new Set<string>();
  eachReference(object, (id) => ids.add(id));
  return ids;
}
