// All shortcuts; a press on one waits for the new keys.
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { type Action, actions } from '../actions.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { Dialog } from '../dialogs/Dialog.tsx';
import { text } from '../text.ts';
import { keysOfEvent, printKeys } from './keys.ts';
import { assignKeys, isChanged, keysOf, resetAllKeys, resetKeys } from './shortcut-map.ts';

export default function ShortcutSheet(): JSX.Element {
  const [waiting, setWaiting] = createSignal<string | undefined>();
  const record = (action: Action, event: KeyboardEvent): void => {
    if (waiting() !== action.id || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const keys = keysOfEvent(event);
    if (keys === undefined) return;
    if (keys !== 'Escape') assignKeys(action, keys);
    setWaiting(undefined);
  };
  const words = (action: Action): string =>
    keysOf(action)
      .map((keys) => printKeys(keys))
      .join('  ');

  return (
    <Dialog title={text('shortcuts.title')} class="dialog-wide">
      <p class="dialog-note">{text('shortcuts.hint')}</p>
      <ul class="shortcut-list">
        <For each={actions()}>
          {(action) => (
            <li class="shortcut-row">
              <span>{text(action.label)}</span>
              <Show when={isChanged(action)}>
                <IconButton
                  label={text('shortcuts.reset', { name: text(action.label) })}
                  onClick={() => resetKeys(action)}
                >
                  <RotateCcw size={14} />
                </IconButton>
              </Show>
              <button
                type="button"
                class="shortcut-keys"
                aria-label={`${text(action.label)}: ${words(action) || text('shortcuts.none')}`}
                data-waiting={waiting() === action.id ? '' : undefined}
                onClick={() => setWaiting(action.id)}
                onBlur={() => setWaiting(undefined)}
                onKeyDown={(event) => record(action, event)}
              >
                {waiting() === action.id ? text('shortcuts.press') : words(action)}
              </button>
            </li>
          )}
        </For>
      </ul>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={resetAllKeys}>
          {text('shortcuts.resetAll')}
        </button>
      </div>
    </Dialog>
  );
}
