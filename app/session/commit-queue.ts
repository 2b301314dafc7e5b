// Transactions on their way to the disk: one write at a time, of all that wait, so that what is on disk has no hole.

import type { TransactionRecord } from '../protocol/transaction.ts';
import type { CheckpointAt, HistoryCheckpoint, ObjectStore } from '../storage/types.ts';
import { Fifo } from './fifo.ts';
import type { HistoryStacks } from './history.ts';

export interface PendingCommit {
  readonly record: TransactionRecord;
  /** The revision that showed it. */
  readonly revision: number;
  /** The history as it was before. */
  readonly stacksBefore: HistoryStacks;
  /** Now and then: the history as it is after it. */
  readonly checkpoint?: HistoryCheckpoint | undefined;
}

export interface CommitListener {
  /** The oldest ones, these, are on disk. */
  committed(commits: readonly PendingCommit[]): void;
  /** None of these is on disk: those that failed and all that came after them, last first. */
  failed(commits: readonly PendingCommit[], error: unknown): void;
}

interface QueuedCommit extends PendingCommit {
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Transactions per write. */
const groupLimit = 256;

export class CommitQueue {
  readonly #store: Pick<ObjectStore, 'append'>;
  readonly #listener: CommitListener;
  readonly #queued = new Fifo<QueuedCommit>();
  #draining: Promise<void> | undefined;

  constructor(store: Pick<ObjectStore, 'append'>, listener: CommitListener) {
    this.#store = store;
    this.#listener = listener;
  }

  get size(): number {
    return this.#queued.length;
  }

  /** The oldest one that is not on disk yet. */
  first(): PendingCommit | undefined {
    return this.#queued.first();
  }

  /** Resolves when it is on disk; rejects with the store's error. */
  add(commit: PendingCommit): Promise<void> {
    return new Promise((resolve, reject) => {
      const { record, revision, stacksBefore, checkpoint } = commit;
      this.#queued.push({ record, revision, stacksBefore, checkpoint, resolve, reject });
      this.#draining ??= this.#drain();
    });
  }

  /** Resolves when nothing is on its way. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining;
  }

  async #drain(): Promise<void> {
    for (;;) {
      const group = this.#queued.peek(groupLimit);
      if (group.length === 0) break;
      try {
        await this.#store.append(
          group.map(({ record }) => record),
          checkpointIn(group),
        );
      } catch (error) {
        this.#fail(error);
        continue;
      }
      for (const _commit of group) this.#queued.shift();
      this.#listener.committed(group);
      for (const commit of group) commit.resolve();
    }
    this.#draining = undefined;
  }

  #fail(error: unknown): void {
    const lost = this.#queued.drain().reverse();
    this.#listener.failed(lost, error);
    for (const commit of lost) commit.reject(error);
  }
}

/** The newest one; those before it need not be written. */
function checkpointIn(group: readonly PendingCommit[]): CheckpointAt | undefined {
  const last = group.findLast(({ checkpoint }) => checkpoint);
  return last?.checkpoint && { after: last.record.id, value: last.checkpoint };
}
