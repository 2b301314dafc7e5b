// The names of the steps seen so far: the session tells the next to undo and to redo, this remembers the others.
import type { AppState } from '../../protocol/state.ts';

export interface HistoryStep {
  /** 1 for the first step ever; undoing down to `depth` keeps the steps up to it. */
  readonly depth: number;
  /** undefined for steps of earlier visits that have not come up yet. */
  readonly label: string | undefined;
  readonly undone: boolean;
}

export type KnownLabels = ReadonlyMap<number, string>;

/** Adds what the history tells now: its label to undo is step `undoDepth`, its label to redo the step after it. */
export function rememberLabels(known: KnownLabels, history: AppState['history']): KnownLabels {
  const { undoLabel, redoLabel, undoDepth, redoDepth } = history;
  const next = new Map([...known].filter(([depth]) => depth <= undoDepth + redoDepth));
  if (undoLabel !== null) next.set(undoDepth, undoLabel);
  if (redoLabel !== null) next.set(undoDepth + 1, redoLabel);
  return next;
}

/** The newest `limit` steps, newest first. */
export function historySteps(known: KnownLabels, history: AppState['history'], limit = 200): HistoryStep[] {
  const total = history.undoDepth + history.redoDepth;
  return Array.from({ length: Math.min(limit, total) }, (_, index) => {
    const depth = total - index;
    return { depth, label: known.get(depth), undone: depth > history.undoDepth };
  });
}
