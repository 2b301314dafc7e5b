// What the inspector says while nothing is selected: how clips are worked with.
import { For, type JSX, Show } from 'solid-js';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { type MessageKey, text } from '../text.ts';

const hints: readonly { readonly text: MessageKey; readonly action?: string }[] = [
  { text: 'hint.move' },
  { text: 'hint.trim' },
  { text: 'hint.stretch', action: 'view.stretchTool' },
  { text: 'hint.fade' },
  { text: 'hint.split', action: 'clip.split' },
  { text: 'hint.loop' },
  { text: 'hint.zoom' },
  { text: 'hint.find', action: 'page.palette' },
];

export function SelectionHints(): JSX.Element {
  return (
    <>
      <p class="panel-empty">{text('inspector.empty')}</p>
      <ul class="hints">
        <For each={hints}>
          {(hint) => (
            <li class="hint">
              <span>{text(hint.text)}</span>
              <Show when={hint.action && keysTextOf(hint.action)}>
                {(keys) => <kbd class="desk-keys">{keys()}</kbd>}
              </Show>
            </li>
          )}
        </For>
      </ul>
    </>
  );
}
