// What can be undone and redone, derived from the heads of the log alone, so that it survives a reload.
import { compareHybridTime } from '../core/hybrid-clock.ts';
import type { LogicalTime } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { HistoryCheckpoint, StackTop } from '../storage/types.ts';

/** One `do` transaction on a stack; stacks are immutable, so that keeping an old one costs nothing. */
export interface HistoryStep {
  readonly id: string;
  readonly label: string;
  /** Place of the transaction in the log. */
  readonly sequence: number;
  readonly next: HistoryStep | null;
  readonly depth: number;
  /** Here a checkpoint ends: this step and those below stand in the log, not in memory. */
  readonly cut?: true;
}

export interface HistoryStacks {
  readonly undo: HistoryStep | null;
  readonly redo: HistoryStep | null;
}

type Head = Pick<TransactionRecord, 'id' | 'label' | 'author' | 'role' | 'target' | 'time' | 'imported'>;

/** Steps of a stack that a checkpoint holds; below them the log is read. */
const checkpointSteps = 2000;

export class History {
  /** The stacks of one author: nobody undoes what somebody else did. */
  stacks: HistoryStacks = { undo: null, redo: null };
  readonly #author: string;
  /** What others did and did not undo: transaction -> place in the log. */
  readonly #foreign: Map<string, number>;
  #length: number;
  #time: LogicalTime;

  /** @param checkpoint of the same author; what follows it in the log is to be appended. */
  constructor(author: string, checkpoint?: HistoryCheckpoint) {
    this.#author = author;
    this.#foreign = new Map(checkpoint?.foreign);
    this.#length = checkpoint?.length ?? 0;
    this.#time = checkpoint?.time ?? { wall: 0, counter: 0 };
    if (checkpoint) this.stacks = { undo: stackOf(checkpoint.undo), redo: stackOf(checkpoint.redo) };
  }

  /** The latest time in the log. */
  get time(): LogicalTime {
    return this.#time;
  }

  checkpoint(): HistoryCheckpoint {
    const [undo, redo] = [topOf(this.stacks.undo), topOf(this.stacks.redo)];
    const oldest = Math.min(...[...undo.steps, ...redo.steps].map(({ sequence }) => sequence));
    const foreign = [...this.#foreign].filter(([, sequence]) => sequence > oldest);
    return { author: this.#author, length: this.#length, time: this.#time, undo, redo, foreign };
  }

  /** Takes the next transaction of the log into account. */
  append(head: Head): void {
    const sequence = this.#length++;
    if (compareHybridTime(head.time, this.#time) > 0) this.#time = head.time;
    if (head.imported) return;
    if (head.author !== this.#author) this.#appendForeign(head, sequence);
    else this.stacks = advanced(this.stacks, head, sequence);
  }

  /** Transactions of others that are in force and came after the given place in the log. */
  foreignAfter(sequence: number): string[] {
    return [...this.#foreign].filter(([, place]) => place > sequence).map(([id]) => id);
  }

  #appendForeign(head: Head, sequence: number): void {
    if (head.role === 'undo' && head.target !== null) this.#foreign.delete(head.target);
    else this.#foreign.set(head.target ?? head.id, sequence);
  }
}

function advanced({ undo, redo }: HistoryStacks, head: Head, sequence: number): HistoryStacks {
  if (head.role === 'do') return { undo: pushed(undo, head.id, head.label, sequence), redo: null };
  const [from, to] = head.role === 'undo' ? [undo, redo] : [redo, undo];
  const step = found(from, head.target);
  if (!step) return { undo, redo };
  const less = without(from, step);
  const more = pushed(to, step.id, step.label, step.sequence);
  return head.role === 'undo' ? { undo: less, redo: more } : { undo: more, redo: less };
}

const pushed = (next: HistoryStep | null, id: string, label: string, sequence: number): HistoryStep => ({
  id,
  label,
  sequence,
  next,
  depth: (next?.depth ?? 0) + 1,
});

function found(stack: HistoryStep | null, id: string | null): HistoryStep | null {
  let step = stack;
  while (step && step.id !== id) step = step.next;
  return step;
}

/** Another device of the same author may have undone what is not on top here. */
function without(stack: HistoryStep | null, step: HistoryStep): HistoryStep | null {
  const above: HistoryStep[] = [];
  for (let at = stack; at && at !== step; at = at.next) above.push(at);
  return above.reduceRight<HistoryStep | null>(
    (rest, { id, label, sequence }) => pushed(rest, id, label, sequence),
    step.next,
  );
}

function topOf(stack: HistoryStep | null): StackTop {
  const steps: { id: string; label: string; sequence: number }[] = [];
  for (let at = stack; at && !at.cut && steps.length < checkpointSteps; at = at.next) {
    steps.push({ id: at.id, label: at.label, sequence: at.sequence });
  }
  return { depth: stack?.depth ?? 0, steps };
}

function stackOf({ depth, steps }: StackTop): HistoryStep | null {
  const below = depth - steps.length;
  const bottom: HistoryStep | null =
    below > 0 ? { id: '', label: '', sequence: -1, next: null, depth: below, cut: true } : null;
  return steps.reduceRight<HistoryStep | null>(
    (next, { id, label, sequence }) => pushed(next, id, label, sequence),
    bottom,
  );
}
