// An object store whose log and objects lie in files: what it holds counts for no memory of the process that is measured.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PropertyVersion } from '../../app/protocol/state.ts';
import type { TransactionRecord } from '../../app/protocol/transaction.ts';
import type { ObjectStore, StoredObject, StoredSession, TransactionHead } from '../../app/storage/types.ts';

/** JSON values by number, the newest of each. */
class NumberedValues<Value> {
  readonly #file: number;
  /** Where in the file a value stands: [start, end). */
  readonly #places: Float64Array;
  #end = 0;

  constructor(path: string, most: number) {
    this.#file = openSync(path, 'w+');
    this.#places = new Float64Array(2 * most);
  }

  set(number: number, value: Value): void {
    const bytes = Buffer.from(JSON.stringify(value));
    writeSync(this.#file, bytes, 0, bytes.length, this.#end);
    this.#places.set([this.#end, this.#end + bytes.length], 2 * number);
    this.#end += bytes.length;
  }

  get(number: number): Value | undefined {
    const [start = 0, end = 0] = this.#places.subarray(2 * number, 2 * number + 2);
    if (end === 0) return undefined;
    const bytes = Buffer.alloc(end - start);
    readSync(this.#file, bytes, 0, bytes.length, start);
    return JSON.parse(bytes.toString());
  }

  close(): void {
    closeSync(this.#file);
  }
}

interface Kept {
  readonly owner: string;
  readonly properties: Record<string, unknown>;
}

/** Ids must end in their number, as those of `openSession` do. */
export class FileLog implements ObjectStore {
  readonly #folder = mkdtempSync(join(tmpdir(), 'atome-log-'));
  readonly #log: NumberedValues<TransactionRecord>;
  readonly #objects: NumberedValues<Kept>;

  constructor(mostIds: number) {
    this.#log = new NumberedValues(join(this.#folder, 'log'), mostIds);
    this.#objects = new NumberedValues(join(this.#folder, 'objects'), mostIds);
  }

  async load(): Promise<StoredSession> {
    return { objects: [], checkpoint: undefined, transactions: [] };
  }

  async heads(): Promise<TransactionHead[]> {
    return [];
  }

  async append(transactions: readonly TransactionRecord[]): Promise<void> {
    for (const record of transactions) {
      this.#log.set(numberOf(record.id), record);
      const changed = new Map<string, Kept>();
      for (const { objectId, property, after } of record.changes) {
        const known = changed.get(objectId) ?? this.#objects.get(numberOf(objectId));
        const kept = known ?? { owner: record.author, properties: {} };
        changed.set(objectId, kept);
        kept.properties[property] = after;
      }
      for (const [id, kept] of changed) this.#objects.set(numberOf(id), kept);
    }
  }

  async objects(ids: readonly string[]): Promise<StoredObject[]> {
    return ids.flatMap((id) => {
      const kept = this.#objects.get(numberOf(id));
      return kept ? [{ id, ...kept }] : [];
    });
  }

  async transaction(id: string): Promise<TransactionRecord | undefined> {
    return this.#log.get(numberOf(id));
  }

  async *transactions(): AsyncGenerator<TransactionRecord> {}

  async history(): Promise<PropertyVersion[]> {
    return [];
  }

  close(): void {
    this.#log.close();
    this.#objects.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const numberOf = (id: string): number => Number.parseInt(id.slice(-12), 16);
