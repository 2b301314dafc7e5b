// An object store that lives as long as the page or process: for offline renders and tests.
import type { PropertyVersion } from '../../protocol/state.ts';
import type { PropertyChange, TransactionRecord } from '../../protocol/transaction.ts';
import type { CheckpointAt, ObjectStore, StoredObject, StoredSession, TransactionHead } from '../../storage/types.ts';

export class MemoryStore implements ObjectStore {
  readonly #objects = new Map<string, Map<string, unknown>>();
  readonly #owners = new Map<string, string>();
  readonly #log = new Map<string, TransactionRecord>();
  /** Records whose changes are not in the objects yet: few ever ask for those. */
  #unread: TransactionRecord[] = [];
  #checkpoint: CheckpointAt | undefined;

  async load(): Promise<StoredSession> {
    this.#readLog();
    const objects = await this.objects([...this.#objects.keys()]);
    const heads = await this.heads();
    const after = this.#checkpoint?.after;
    const transactions = heads.slice(1 + heads.findIndex(({ id }) => id === after));
    return structuredClone({ objects: [objects], checkpoint: this.#checkpoint?.value, transactions });
  }

  async heads(): Promise<TransactionHead[]> {
    return [...this.#log.values()].map(({ changes: _changes, ...head }) => head);
  }

  /** Keeps the records themselves: transactions are immutable. */
  async append(records: readonly TransactionRecord[], checkpoint?: CheckpointAt): Promise<void> {
    for (const record of records) {
      this.#log.set(record.id, record);
      this.#unread.push(record);
    }
    this.#checkpoint = checkpoint ?? this.#checkpoint;
  }

  #readLog(): void {
    for (const record of this.#unread) this.#apply(record);
    this.#unread = [];
  }

  #apply(record: TransactionRecord): void {
    for (const { objectId, property, before, after } of record.changes) {
      if (property === 'kind' && before === undefined) this.#owners.set(objectId, record.author);
      const properties = this.#objects.get(objectId) ?? new Map<string, unknown>();
      this.#objects.set(objectId, properties);
      if (after === undefined) properties.delete(property);
      else properties.set(property, after);
    }
  }

  async objects(ids: readonly string[]): Promise<StoredObject[]> {
    this.#readLog();
    return ids.flatMap((id) => {
      const properties = this.#objects.get(id);
      const owner = this.#owners.get(id);
      if (!properties) return [];
      return structuredClone([
        { id, properties: Object.fromEntries(properties), ...(owner === undefined ? {} : { owner }) },
      ]);
    });
  }

  async transaction(id: string): Promise<TransactionRecord | undefined> {
    return structuredClone(this.#log.get(id));
  }

  async *transactions(): AsyncGenerator<TransactionRecord> {
    for (const record of this.#log.values()) yield structuredClone(record);
  }

  async history(objectId: string, property: string): Promise<PropertyVersion[]> {
    const versions: PropertyVersion[] = [];
    for (const record of this.#log.values()) {
      const change = record.changes.find((each) => each.objectId === objectId && each.property === property);
      if (change) versions.push(versionOf(record, change, versions.at(-1)?.transactionId ?? null));
    }
    return structuredClone(versions);
  }

  /** Keeps everything: a later session may load it again. */
  close(): void {}
}

const versionOf = (record: TransactionRecord, change: PropertyChange, parent: string | null): PropertyVersion => ({
  objectId: change.objectId,
  property: change.property,
  value: change.after === undefined ? null : change.after,
  absent: change.after === undefined,
  time: record.time,
  device: record.device,
  author: record.author,
  transactionId: record.id,
  parent,
});
