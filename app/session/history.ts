// What can be undone and redone, derived from the heads of the log alone, so that it survives a reload.
import type { TransactionRecord } from '../protocol/transaction.ts';

/** One `do` transaction on a stack; stacks are immutable, so that keeping an old one costs nothing. */
export interface HistoryStep {
  readonly id: string;
  readonly label: string;
  /** Place of the transaction in the log. */
  readonly sequence: number;
  readonly next: HistoryStep | null;
  readonly depth: number;
}

export interface HistoryStacks {
  readonly undo: HistoryStep | null;
  readonly redo: HistoryStep | null;
}

type Head = Pick<TransactionRecord, 'id' | 'label' | 'author' | 'role' | 'target'>;

export class History {
  /** The stacks of one author: nobody undoes what somebody else did. */
  stacks: HistoryStacks = { undo: null, redo: null };
  readonly #author: string;
  /** What others did and did not undo: transaction -> place in the log. */
  readonly #foreign = new Map<string, number>();
  #length = 0;

  constructor(author: string) {
    this.#author = author;
  }

  /** Takes the next transaction of the log into account. */
  append(head: Head): void {
    const sequence = this.#length++;
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
