// The objects as they are at one moment, with what lies on each timeline looked up once: rounds of a loop ask for it again and again.
import type { AtomeObject, Kind, ObjectOf, PlacedKind } from '../protocol/kinds.ts';
import type { ObjectReader } from '../session/types.ts';

export class SettledObjects implements ObjectReader {
  readonly #objects: ObjectReader;
  readonly #clips = new Map<string, readonly ObjectOf<'AudioClipAtome'>[]>();
  readonly #placed = new Map<PlacedKind, Map<string, readonly unknown[]>>();

  /** @param objects which do not change while this is asked. */
  constructor(objects: ObjectReader) {
    this.#objects = objects;
  }

  get(id: string): AtomeObject | undefined {
    return this.#objects.get(id);
  }

  removed(id: string): AtomeObject | undefined {
    return this.#objects.removed(id);
  }

  ofKind<K extends Kind>(kind: K): Iterable<ObjectOf<K>> {
    return this.#objects.ofKind(kind);
  }

  clipsOf(timelineId: string): Iterable<ObjectOf<'AudioClipAtome'>> {
    const known = this.#clips.get(timelineId);
    if (known) return known;
    const clips = [...this.#objects.clipsOf(timelineId)];
    this.#clips.set(timelineId, clips);
    return clips;
  }

  ofTimeline<K extends PlacedKind>(timelineId: string, kind: K): Iterable<ObjectOf<K>> {
    const ofKind = this.#placed.get(kind) ?? new Map<string, readonly unknown[]>();
    this.#placed.set(kind, ofKind);
    const known = ofKind.get(timelineId) as readonly ObjectOf<K>[] | undefined;
    if (known) return known;
    const placed = [...this.#objects.ofTimeline(timelineId, kind)];
    ofKind.set(timelineId, placed);
    return placed;
  }

  referrers<K extends Kind>(id: string, kind: K): Iterable<ObjectOf<K>> {
    return this.#objects.referrers(id, kind);
  }

  hasSolo(timelineId: string): boolean {
    return this.#objects.hasSolo(timelineId);
  }

  refersToBlob(hash: string): boolean {
    return this.#objects.refersToBlob(hash);
  }
}
