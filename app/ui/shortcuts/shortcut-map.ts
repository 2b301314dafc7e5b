// Which keys run which action: the defaults of the actions under the person's own choices.
import { createEffect, createRoot, createSignal } from 'solid-js';
import { createKeybindingsHandler } from 'tinykeys';
import type { Disposer } from '../../core/disposer.ts';
import { type Action, actions, isEnabled, runAction } from '../actions.ts';
import { dialog } from '../layout.ts';
import { readPreference, writePreference } from '../preferences.ts';
import { printKeys } from './keys.ts';

/** Keys by action id. */
type OwnKeys = Readonly<Record<string, readonly string[]>>;

const isKeyList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((keys) => typeof keys === 'string');

/** What was kept, without whatever in it is no list of keys. */
function readOwnKeys(): OwnKeys {
  try {
    const kept: unknown = JSON.parse(readPreference('shortcuts') ?? '{}');
    const entries: [string, unknown][] = Object.entries(kept ?? {});
    return Object.fromEntries(entries.filter((entry): entry is [string, string[]] => isKeyList(entry[1])));
  } catch {
    return {};
  }
}

const [ownKeys, setOwnKeys] = createSignal<OwnKeys>(readOwnKeys());

function keep(next: OwnKeys): void {
  setOwnKeys(next);
  writePreference('shortcuts', JSON.stringify(next));
}

/** The keys of an action now; reactive. */
export const keysOf = (action: Action): readonly string[] => ownKeys()[action.id] ?? action.keys ?? [];

/** The first shortcut of the action of that id, as people write it; reactive. */
export function keysTextOf(id: string): string | undefined {
  const action = actions().find((candidate) => candidate.id === id);
  const [keys] = action ? keysOf(action) : [];
  return keys === undefined ? undefined : printKeys(keys);
}

export const isChanged = (action: Action): boolean => Object.hasOwn(ownKeys(), action.id);

/** Gives an action one shortcut of the person's own, and takes it from whichever had it. */
export function assignKeys(action: Action, keys: string): void {
  const losers = actions().filter((other) => other.id !== action.id && keysOf(other).includes(keys));
  const taken = losers.map((other) => [other.id, keysOf(other).filter((held) => held !== keys)] as const);
  keep({ ...ownKeys(), ...Object.fromEntries(taken), [action.id]: [keys] });
}

export function resetKeys(action: Action): void {
  const { [action.id]: _dropped, ...rest } = ownKeys();
  keep(rest);
}

export const resetAllKeys = (): void => keep({});

/** Where letters belong to the text, not to shortcuts. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

const pressesButton = (event: KeyboardEvent): boolean =>
  (event.key === ' ' || event.key === 'Enter') &&
  event.target instanceof HTMLElement &&
  event.target.closest('button, a, summary, label, [role="button"], [role="menuitem"]') !== null;

/** What is typed while a dialog is on its way is meant for it, too. */
function isDialogInFront(): boolean {
  const shown = document.querySelector('dialog');
  return shown ? shown.open : dialog() !== undefined;
}

/** Listens for the shortcuts of all actions, as they come and go, until disposed. */
export function listenForShortcuts(target: HTMLElement | Window): Disposer {
  return createRoot((dispose) => {
    let handle: (event: KeyboardEvent) => void = () => undefined;
    createEffect(() => {
      const bindings = actions().flatMap((action) =>
        keysOf(action).map((keys) => [keys, (event: KeyboardEvent) => perform(action, event)] as const),
      );
      handle = createKeybindingsHandler(Object.fromEntries(bindings));
    });
    const listener = (event: Event): void => {
      if (!(event instanceof KeyboardEvent) || event.defaultPrevented || event.isComposing) return;
      if (isTyping(event.target) || pressesButton(event)) return;
      if (isDialogInFront()) return;
      handle(event);
    };
    target.addEventListener('keydown', listener);
    return () => {
      target.removeEventListener('keydown', listener);
      dispose();
    };
  });
}

function perform(action: Action, event: KeyboardEvent): void {
  event.preventDefault();
  if (isEnabled(action)) runAction(action.id);
}
