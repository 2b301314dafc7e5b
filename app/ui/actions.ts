// Everything a person can ask for by palette, menu or key: one list, filled by the parts that know how to do it.
import { createSignal } from 'solid-js';
import type { Disposer } from '../core/disposer.ts';
import type { MessageKey } from './text.ts';

export interface Action {
  /** Stable name, under which a person's own shortcut is kept: 'clip.split'. */
  readonly id: string;
  /** The key of its words in app/ui/text. */
  readonly label: MessageKey;
  /** What the words speak of by name. */
  readonly values?: Readonly<Record<string, string>>;
  /** Default shortcuts in the notation of tinykeys; `$mod` is Ctrl, or Command on a Mac: '$mod+KeyD', 'Shift+?'. */
  readonly keys?: readonly string[];
  readonly run: () => void;
  /** Is what it switches on? Reactive; without it the action is no switch. */
  readonly checked?: () => boolean;
  /** May it run now? Reactive; without it always. */
  readonly enabled?: () => boolean;
}

const [lists, setLists] = createSignal<readonly (readonly Action[])[]>([]);

/** Adds actions for as long as the part that offers them is there. */
export function registerActions(actions: readonly Action[]): Disposer {
  setLists((before) => [...before, actions]);
  return () => {
    setLists((before) => before.filter((list) => list !== actions));
  };
}

/** All actions that exist now, in the order of their registration; reactive. */
export const actions = (): readonly Action[] => lists().flat();

export const isEnabled = (action: Action): boolean => action.enabled?.() ?? true;

/** Runs the action of that id if it exists and is enabled; tells whether it ran. */
export function runAction(id: string): boolean {
  const action = actions().find((candidate) => candidate.id === id);
  if (!action || !isEnabled(action)) return false;
  action.run();
  return true;
}
