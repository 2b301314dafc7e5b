// An object store whose log lies in a file: what it holds counts for no memory of the process that is measured.
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PropertyVersion } from '../../app/protocol/state.ts';
import type { TransactionRecord } from '../../app/protocol/transaction.ts';
import type { ObjectStore, StoredSession, TransactionHead } from '../../app/storage/types.ts';

/** Transactions must have ids that end in their number, counted from any start, as `numberedIds` gives them. */
export class FileLog implements ObjectStore {
  readonly #folder = mkdtempSync(join(tmpdir(), 'atome-log-'));
  readonly #file = openSync(join(this.#folder, 'log'), 'w+');
  /** Where in the file a transaction stands: [start, end) by its number. */
  readonly #places: Float64Array;
  #end = 0;

  constructor(mostIds: number) {
    this.#places = new Float64Array(2 * mostIds);
  }

  async load(): Promise<StoredSession> {
    return { objects: [], checkpoint: undefined, transactions: [] };
  }

  async heads(): Promise<TransactionHead[]> {
    return [];
  }

  async append(transactions: readonly TransactionRecord[]): Promise<void> {
    for (const record of transactions) {
      const bytes = Buffer.from(JSON.stringify(record));
      writeSync(this.#file, bytes, 0, bytes.length, this.#end);
      const number = numberOf(record.id);
      this.#places[2 * number] = this.#end;
      this.#end += bytes.length;
      this.#places[2 * number + 1] = this.#end;
    }
  }

  async transaction(id: string): Promise<TransactionRecord | undefined> {
    const number = numberOf(id);
    const [start = 0, end = 0] = this.#places.subarray(2 * number, 2 * number + 2);
    if (end === 0) return undefined;
    const bytes = Buffer.alloc(end - start);
    readSync(this.#file, bytes, 0, bytes.length, start);
    return JSON.parse(bytes.toString());
  }

  async *transactions(): AsyncGenerator<TransactionRecord> {}

  async history(): Promise<PropertyVersion[]> {
    return [];
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

const numberOf = (id: string): number => Number.parseInt(id.slice(-12), 16);
