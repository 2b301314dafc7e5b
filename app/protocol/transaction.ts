// The one list from which undo, patches, persistence, sync and engine deltas all derive.
import type { LogicalTime } from './state.ts';

/** One property's change. `undefined` stands for "does not exist". */
export interface PropertyChange {
  readonly objectId: string;
  /** A property of the object's kind, or `kind` (set once, at creation) or `deleted` (true while it is removed). */
  readonly property: string;
  readonly before: unknown;
  readonly after: unknown;
}

export interface TransactionRecord {
  readonly id: string;
  /** What the person did, in words: "Move clip". */
  readonly label: string;
  readonly time: LogicalTime;
  readonly device: string;
  readonly author: string;
  /** `do` opens a step; `undo` and `redo` append the inverse or the repetition of `target`. */
  readonly role: 'do' | 'undo' | 'redo';
  /** The `do` transaction that is undone or redone; null for `do`. */
  readonly target: string | null;
  /** The ids that the sender was told, in order, so that the answer can be given again; absent for none. */
  readonly created?: readonly string[];
  /** Made elsewhere and taken over with a project: past that nobody here undoes. */
  readonly imported?: true;
  /** It goes on with the gesture of the step before it, which it replaces on the undo stack. */
  readonly continues?: {
    readonly step: string;
    /** What all of the gesture changed so far; none: everything is again as it was, and there is no step any more. */
    readonly changes: readonly PropertyChange[];
  };
  readonly changes: readonly PropertyChange[];
}
