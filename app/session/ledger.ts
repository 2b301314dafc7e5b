// Objects and their log: applies edits in memory, sends them to the store, takes them back when that fails.
import { HybridClock } from '../core/hybrid-clock.ts';
import { AtomeError } from '../protocol/errors.ts';
import type { PropertyChange, TransactionRecord } from '../protocol/transaction.ts';
import type { HistoryCheckpoint, ObjectStore, StoredSession } from '../storage/types.ts';
import { CommitQueue, type PendingCommit } from './commit-queue.ts';
import { Edit, type EditContext, systemAuthor } from './edit.ts';
import { Fifo } from './fifo.ts';
import { changesOf, continuation } from './gesture.ts';
import { History, type HistoryStacks, type HistoryStep } from './history.ts';
import { applyInverse, oppositeOf, propertyKey } from './inverse.ts';
import { addStored } from './load.ts';
import type { ObjectMap } from './object-map.ts';
import { assertRules } from './rules.ts';
import { parsedObject } from './validate.ts';

export interface LedgerListener {
  /** A transaction is in memory; returns the revision that shows it. */
  applied(record: TransactionRecord): number;
  /** The oldest one under way is on disk now. */
  committed(): void;
  /** Those could not be stored and are undone in memory: their opposites, in the order they were applied. */
  reverted(opposites: readonly TransactionRecord[]): void;
}

/** What became of an edit. */
export interface Applied {
  readonly created: readonly string[];
  /** undefined when nothing changed. */
  readonly commit?: { readonly revision: number; readonly durable: Promise<void> };
}

/** Whose transaction it is, the user's by default, and the id it is to have, by default a fresh one. */
export interface Signature {
  readonly author?: string | undefined;
  readonly id?: string | undefined;
  /** Where the ids of new objects come from. */
  readonly createId?: (() => string) | undefined;
  /** Edits in a row that carry the same one are one step. */
  readonly gesture?: string | undefined;
}

type Signed = 'id' | 'time' | 'device' | 'author';
type Draft = { -readonly [Name in keyof Omit<TransactionRecord, Signed>]: TransactionRecord[Name] };

/** Edits that may wait for a slow disk. */
const queueLimit = 100_000;
/** Transactions whose changes stay in memory, so that undoing them needs no disk. */
const recentLimit = 256;
/** Transactions from one checkpoint of the history to the next. */
const checkpointInterval = 1000;

/** Transactions of an imported past per write. */
const takenOverAtOnce = 1000;

/** What the store has of the history. */
export type LoggedHistory = Pick<StoredSession, 'checkpoint' | 'transactions'>;

export class Ledger {
  readonly objects: ObjectMap;
  readonly #context: EditContext & { readonly device: string };
  readonly #store: ObjectStore;
  readonly #listener: LedgerListener;
  #history: History;
  readonly #clock: HybridClock;
  readonly #commits: CommitQueue;
  readonly #recent = new Fifo<TransactionRecord>();
  /** Objects whose removal is on disk. */
  readonly #removed = new Set<string>();
  #publishing = false;
  /** The newest gesture, and its edits: which of them is on top tells where it stands, also where the last ones failed. */
  #gesture: { readonly id: string; readonly steps: Set<string> } | undefined;
  #sinceCheckpoint: number;

  constructor(
    objects: ObjectMap,
    { checkpoint, transactions }: LoggedHistory,
    store: ObjectStore,
    context: EditContext & { readonly device: string },
    listener: LedgerListener,
  ) {
    this.objects = objects;
    this.#store = store;
    this.#context = context;
    this.#listener = listener;
    this.#history = new History(context.author, checkpoint);
    for (const head of transactions) this.#history.append(head);
    this.#sinceCheckpoint = transactions.length;
    this.#clock = new HybridClock(context.now);
    this.#clock.witness(this.#history.time);
    this.#commits = new CommitQueue(store, {
      committed: (commits) => {
        this.#forgetRemoved(commits);
        listener.committed();
      },
      failed: (commits) => this.#revert(commits),
    });
  }

  get stacks(): HistoryStacks {
    return this.#history.stacks;
  }

  /** Of the newest revision (perhaps being published just now), the last one that is on disk. */
  savedRevision(newest: number): number {
    const unsaved = this.#commits.first()?.revision ?? (this.#publishing ? newest : undefined);
    return unsaved === undefined ? newest : unsaved - 1;
  }

  /** Resolves when everything is on disk or taken back. */
  idle(): Promise<void> {
    return this.#commits.idle();
  }

  /** Whether an edit would be taken. @throws AtomeError why not; nothing changes either way */
  check(work: (edit: Edit) => void): void {
    const edit = new Edit(this.objects, this.#context);
    try {
      work(edit);
      assertRules(this.objects, edit.touched());
    } finally {
      edit.rollback();
    }
  }

  /** What became of the transaction of that id; undefined when there is none on disk. */
  async outcomeOf(transactionId: string): Promise<Applied | undefined> {
    const record = await this.#store.transaction(transactionId);
    return record && { created: record.created ?? [] };
  }

  /** Takes over the past of objects that are not living here; it enters nobody's undo stack. @throws AtomeError */
  async takeOver(past: readonly TransactionRecord[]): Promise<void> {
    await this.idle();
    for (let from = 0; from < past.length; from += takenOverAtOnce) {
      await this.#store.append(past.slice(from, from + takenOverAtOnce));
    }
    for (const record of past) {
      this.#history.append(record);
      this.#setOwners(record);
    }
    this.#clock.witness(this.#history.time);
    this.#sinceCheckpoint += past.length;
  }

  /** Runs an edit: all of it happens or none. @throws AtomeError when it is refused. */
  perform(label: string, work: (edit: Edit) => void, signature: Signature = {}): Applied {
    const { author, createId } = signature;
    const edit = new Edit(this.objects, createId ? { ...this.#context, createId } : this.#context, author);
    try {
      work(edit);
      assertRules(this.objects, edit.touched());
      this.#assertRoom();
    } catch (error) {
      edit.rollback();
      throw error;
    }
    const { created } = edit;
    const changes = edit.changes();
    if (changes.length === 0) return { created };
    const draft: Draft = { label, role: 'do', target: null, changes };
    if (created.length > 0) draft.created = created;
    const continues = this.#continued(changes, signature);
    if (continues) draft.continues = continues;
    return { created, commit: this.#commit(draft, signature) };
  }

  /** @throws AtomeError when there is nothing to undo or redo, or its log entry cannot be read. */
  async step(role: 'undo' | 'redo', signature: Signature = {}): Promise<Applied> {
    if (this.stacks[role]?.cut) await this.#readWholeHistory();
    const step = this.stacks[role];
    if (!step) throw new AtomeError(role === 'undo' ? 'ERR_NOTHING_TO_UNDO' : 'ERR_NOTHING_TO_REDO');
    return this.#reverse(step, role, { role, target: step.id }, signature);
  }

  /** Takes back what a gesture changed, if its step is the newest: it leaves none, and what could be redone still can. */
  async cancel(gesture: string, signature: Signature = {}): Promise<Applied> {
    const step = this.stacks.undo;
    if (!step || !this.#isOf(gesture, step)) return { created: [] };
    const continues = { step: step.id, changes: [] };
    return this.#reverse(step, 'undo', { role: 'do', target: null, continues }, signature);
  }

  /** Does what undoes or repeats a step. @throws AtomeError, also where it could not be stored and is gone by then */
  async #reverse(
    step: HistoryStep,
    way: 'undo' | 'redo',
    draft: Omit<Draft, 'label' | 'changes'>,
    signature: Signature,
  ): Promise<Applied> {
    const target = await this.#changesOf(step.id);
    const touched = await this.#touchedSince(step);
    const onDisk = target.map(({ objectId }) => objectId).filter((id) => !this.objects.entry(id));
    if (onDisk.length > 0) await this.#recall(onDisk);
    if (this.stacks[way] !== step) throw new AtomeError('ERR_STORAGE_WRITE', 'the step could not be stored');
    this.#assertRoom();
    const edit = new Edit(this.objects, this.#context);
    applyInverse(edit, way, target, touched);
    const changes = edit.changes();
    return { created: [], commit: this.#commit({ ...draft, label: step.label, changes }, signature) };
  }

  #isOf(gesture: string, step: HistoryStep): boolean {
    return this.#gesture?.id === gesture && this.#gesture.steps.has(step.id);
  }

  #commit(draft: Draft, signature: Signature): NonNullable<Applied['commit']> {
    const { createId, device, author: user } = this.#context;
    const { id = createId(), author = user, gesture } = signature;
    if (gesture !== undefined) {
      if (!draft.continues || this.#gesture?.id !== gesture) this.#gesture = { id: gesture, steps: new Set() };
      this.#gesture.steps.add(id);
    }
    const record: TransactionRecord = { id, time: this.#clock.tick(), device, author, ...draft };
    const stacksBefore = this.stacks;
    this.#history.append(record, gesture !== undefined);
    this.#remember(record);
    this.#setOwners(record);
    this.#publishing = true;
    const revision = this.#listener.applied(record);
    this.#publishing = false;
    return { revision, durable: this.#commits.add({ record, revision, stacksBefore, checkpoint: this.#checkpoint() }) };
  }

  /** How an edit goes on with its gesture; undefined when it is the first one, or something else came between. */
  #continued(changes: readonly PropertyChange[], { gesture, author }: Signature): TransactionRecord['continues'] {
    const top = this.stacks.undo;
    if (!top || gesture === undefined || author !== undefined || !this.#isOf(gesture, top)) return undefined;
    const before = this.#recentOne(top.id);
    const since = this.#history.foreignAfter(top.sequence).map((other) => this.#recentOne(other));
    return before && continuation(before, changes, since);
  }

  /** What is removed on disk need not stay in memory, once nothing is under way that might be taken back. */
  #forgetRemoved(commits: readonly PendingCommit[]): void {
    for (const { record } of commits) {
      for (const { objectId, property, after } of record.changes) {
        if (property === 'deleted' && after === true) this.#removed.add(objectId);
      }
    }
    if (this.#commits.size > 0) return;
    for (const id of this.#removed) this.objects.forget(id);
    this.#removed.clear();
  }

  /** Brings removed objects back into memory, still removed. */
  async #recall(ids: readonly string[]): Promise<void> {
    for (const object of await this.#store.objects([...new Set(ids)])) {
      addStored(this.objects, object, parsedObject);
      this.#removed.add(object.id);
    }
  }

  #setOwners({ author, changes }: TransactionRecord): void {
    if (author === systemAuthor) return;
    for (const { objectId, property, before } of changes) {
      if (property === 'kind' && before === undefined) this.objects.setOwner(objectId, author);
    }
  }

  /** Now and then, so that starting need not read the whole log. */
  #checkpoint(): HistoryCheckpoint | undefined {
    if (++this.#sinceCheckpoint < checkpointInterval) return undefined;
    this.#sinceCheckpoint = 0;
    return this.#history.checkpoint();
  }

  /** For steps that lie below what the checkpoint held. @throws AtomeError ERR_STORAGE_READ */
  async #readWholeHistory(): Promise<void> {
    await this.#commits.idle();
    const history = new History(this.#context.author);
    for (const head of await this.#store.heads()) history.append(head);
    this.#history = history;
  }

  #revert(commits: readonly PendingCommit[]): void {
    const opposites: TransactionRecord[] = [];
    for (const { record, stacksBefore } of commits) {
      const changes = oppositeOf(record.changes);
      this.objects.apply(changes);
      this.#history.takeBack(record, stacksBefore);
      // What fails is what came last, and comes last first.
      this.#recent.pop();
      opposites.push({ ...record, id: this.#context.createId(), role: 'undo', target: record.id, changes });
    }
    this.#listener.reverted(opposites);
  }

  #assertRoom(): void {
    if (this.#commits.size < queueLimit) return;
    throw new AtomeError('ERR_STORAGE_WRITE', `${queueLimit} edits are waiting for the disk`);
  }

  async #changesOf(transactionId: string): Promise<readonly PropertyChange[]> {
    const record = this.#recentOne(transactionId) ?? (await this.#store.transaction(transactionId));
    if (!record) throw new AtomeError('ERR_STORAGE_READ', `transaction ${transactionId}`);
    return changesOf(record);
  }

  /** Keys of the properties that others changed after a step. */
  async #touchedSince(step: HistoryStep): Promise<Set<string>> {
    const touched = new Set<string>();
    for (const id of this.#history.foreignAfter(step.sequence)) {
      for (const change of await this.#changesOf(id)) touched.add(propertyKey(change));
    }
    return touched;
  }

  /** What is not on disk yet must stay; of the rest the latest do. */
  #remember(record: TransactionRecord): void {
    this.#recent.push(record);
    while (this.#recent.length > Math.max(recentLimit, this.#commits.size + 1)) this.#recent.shift();
  }

  #recentOne(transactionId: string): TransactionRecord | undefined {
    return this.#recent.findLast(({ id }) => id === transactionId);
  }
}
