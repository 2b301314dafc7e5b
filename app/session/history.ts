// What can be undone and redone, derived from the heads of the log alone, so that it survives a reload.
import { compareHybridTime } from '../core/hybrid-clock.ts';
import type { HistoryEntry, LogicalTime } from '../protocol/state.ts';
import type { TransactionRecord } from '../protocol/transaction.ts';
import type { HistoryCheckpoint, KeptStep, StackTop } from '../storage/types.ts';

/** One `do` transaction on a stack; stacks are immutable, so that keeping an old one costs nothing. */
export interface HistoryStep {
  readonly id: string;
  readonly label: string;
  /** Place of the transaction in the log. */
  readonly sequence: number;
  /** When it was done: milliseconds since 1970. */
  readonly time: number;
  readonly next: HistoryStep | null;
  readonly depth: number;
  /** Here a checkpoint ends: this step and those below stand in the log, not in memory. */
  readonly cut?: true;
}

export interface HistoryStacks {
  readonly undo: HistoryStep | null;
  readonly redo: HistoryStep | null;
  /** What could be redone until the newest step was done: should that prove to be a gesture without effect, it is again. */
  readonly replaced: HistoryStep | null;
}

type Head = Pick<TransactionRecord, 'id' | 'label' | 'author' | 'role' | 'target' | 'time' | 'imported' | 'continues'>;

/** Steps of a stack that a checkpoint holds; below them the log is read. */
const checkpointSteps = 2000;

export class History {
  /** The stacks of one author: nobody undoes what somebody else did. */
  stacks: HistoryStacks = { undo: null, redo: null, replaced: null };
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
    if (!checkpoint) return;
    const { undo, redo, replaced } = checkpoint;
    this.stacks = { undo: stackOf(undo), redo: stackOf(redo), replaced: replaced ? stackOf(replaced) : null };
  }

  /** The latest time in the log. */
  get time(): LogicalTime {
    return this.#time;
  }

  checkpoint(): HistoryCheckpoint {
    const { stacks } = this;
    const [undo, redo, replaced] = [topOf(stacks.undo), topOf(stacks.redo), topOf(stacks.replaced)];
    const oldest = Math.min(...[undo, redo, replaced].flatMap(({ steps }) => steps.map(({ sequence }) => sequence)));
    const foreign = [...this.#foreign].filter(([, sequence]) => sequence > oldest);
    return { author: this.#author, length: this.#length, time: this.#time, undo, redo, replaced, foreign };
  }

  /**
   * Takes the next transaction of the log into account.
   * @param isGesture it may prove to be without effect; known only to whoever has just made it
   */
  append(head: Head, isGesture = true): void {
    const sequence = this.#length++;
    if (compareHybridTime(head.time, this.#time) > 0) this.#time = head.time;
    if (head.imported) return;
    if (head.author !== this.#author) this.#appendForeign(head, sequence);
    else this.stacks = advanced(this.stacks, head, sequence, isGesture);
  }

  /** Takes back the newest transaction, which did not get into the log. @param stacks as they were before it */
  takeBack({ id }: Pick<Head, 'id'>, stacks: HistoryStacks): void {
    this.#length--;
    this.#foreign.delete(id);
    this.stacks = stacks;
  }

  /** Transactions of others that are in force and came after the given place in the log. */
  foreignAfter(sequence: number): string[] {
    return [...this.#foreign].filter(([, place]) => place > sequence).map(([id]) => id);
  }

  #appendForeign(head: Head, sequence: number): void {
    const { continues } = head;
    if (continues) this.#foreign.delete(continues.step);
    if (head.role === 'undo' && head.target !== null) this.#foreign.delete(head.target);
    else this.#foreign.set(head.target ?? head.id, sequence);
  }
}

function advanced(stacks: HistoryStacks, head: Head, sequence: number, isGesture: boolean): HistoryStacks {
  const { undo, redo } = stacks;
  if (head.role === 'do') {
    const { continues } = head;
    const isSame = continues !== undefined && undo?.id === continues.step;
    const below = isSame ? undo.next : undo;
    const replaced = redo ?? (isSame ? stacks.replaced : null);
    if (continues?.changes.length === 0) return { undo: below, redo: replaced, replaced: null };
    const done = { id: head.id, label: head.label, sequence, time: head.time.wall };
    return { undo: pushed(below, done), redo: null, replaced: isGesture ? replaced : null };
  }
  const [from, to] = head.role === 'undo' ? [undo, redo] : [redo, undo];
  const step = found(from, head.target);
  if (!step) return stacks;
  const less = without(from, step);
  const more = pushed(to, step);
  const [undone, redone] = head.role === 'undo' ? [less, more] : [more, less];
  return { undo: undone, redo: redone, replaced: null };
}

const pushed = (next: HistoryStep | null, { id, label, sequence, time }: KeptStep): HistoryStep => ({
  id,
  label,
  sequence,
  time,
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
  return above.reduceRight<HistoryStep | null>(pushed, step.next);
}

/** The steps nearest to now: at most `limit` that can be undone and `limit` that can be redone, newest first. */
export function nearestSteps({ undo, redo }: HistoryStacks, limit: number): HistoryEntry[] {
  const done = steps(undo, limit).map(({ label, time, depth }) => ({ label, time, depth, undone: false }));
  const undone = steps(redo, limit).map(({ label, time }, index) => {
    return { label, time, depth: (undo?.depth ?? 0) + index + 1, undone: true };
  });
  return [...undone.reverse(), ...done];
}

function steps(stack: HistoryStep | null, limit: number): HistoryStep[] {
  const found: HistoryStep[] = [];
  for (let at = stack; at && !at.cut && found.length < limit; at = at.next) found.push(at);
  return found;
}

function topOf(stack: HistoryStep | null): StackTop {
  const kept = steps(stack, checkpointSteps).map(({ id, label, sequence, time }) => ({ id, label, sequence, time }));
  return { depth: stack?.depth ?? 0, steps: kept };
}

function stackOf({ depth, steps }: StackTop): HistoryStep | null {
  const below = depth - steps.length;
  const bottom: HistoryStep | null =
    below > 0 ? { id: '', label: '', sequence: -1, time: 0, next: null, depth: below, cut: true } : null;
  return steps.reduceRight<HistoryStep | null>(pushed, bottom);
}
