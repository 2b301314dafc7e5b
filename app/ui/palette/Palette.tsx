// The command palette: everything the page can do, and the files, found by a few letters.
import Check from 'lucide-solid/icons/check';
import Search from 'lucide-solid/icons/search';
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { actions, isEnabled } from '../actions.ts';
import { useClient } from '../client.ts';
import { Dialog } from '../dialogs/Dialog.tsx';
import { addToTimeline, importedAs } from '../files/add-to-timeline.ts';
import { closeDialog } from '../layout.ts';
import { objectsOf } from '../session-view.ts';
import { keysTextOf } from '../shortcuts/shortcut-map.ts';
import { text } from '../text.ts';
import { fuzzyFilter } from './fuzzy.ts';

interface Entry {
  readonly id: string;
  readonly words: string;
  readonly keys: string | undefined;
  /** Of a switch. */
  readonly isOn?: boolean | undefined;
  readonly run: () => void;
}

const mostShown = 60;

export default function Palette(): JSX.Element {
  const client = useClient();
  const [query, setQuery] = createSignal('');
  const [index, setIndex] = createSignal(0);
  let list: HTMLDivElement | undefined;

  const entries = createMemo((): Entry[] => [
    ...actions()
      .filter((action) => action.id !== 'page.palette' && isEnabled(action))
      .map((action) => ({
        id: action.id,
        words: text(action.label, action.values),
        keys: keysTextOf(action.id),
        isOn: action.checked?.(),
        run: action.run,
      })),
    ...[...objectsOf(client.state, 'AudioFileAtome'), ...objectsOf(client.state, 'MediaFileAtome')].map((file) => ({
      id: file.id,
      words: text('files.add', { name: file.name }),
      keys: undefined,
      run: () => void addToTimeline(client, [importedAs(file)]),
    })),
  ]);
  const found = createMemo(() => fuzzyFilter(query(), entries(), (entry) => entry.words).slice(0, mostShown));
  const run = (entry: Entry | undefined): void => {
    if (!entry) return;
    closeDialog();
    entry.run();
  };
  const keyDown = (event: KeyboardEvent): void => {
    const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) setIndex(Math.min(found().length - 1, Math.max(0, index() + step)));
    else if (event.key === 'Enter') run(found()[index()]);
    else return;
    event.preventDefault();
  };
  createEffect(() => {
    index();
    list?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <Dialog title={text('palette.title')} class="palette">
      <div class="palette-search">
        <Search size={18} />
        <input
          type="text"
          class="palette-input"
          autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found().length > 0 ? `palette-${index()}` : undefined}
          aria-label={text('palette.placeholder')}
          placeholder={text('palette.placeholder')}
          autocomplete="off"
          spellcheck={false}
          value={query()}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setIndex(0);
          }}
          onKeyDown={keyDown}
        />
      </div>
      <Show when={found().length > 0} fallback={<p class="panel-empty">{text('palette.nothing')}</p>}>
        <div ref={list} id="palette-list" class="palette-list" role="listbox" aria-label={text('palette.title')}>
          <For each={found()}>
            {(entry, at) => (
              <div
                id={`palette-${at()}`}
                class="palette-entry"
                role="option"
                tabIndex={-1}
                aria-selected={at() === index()}
                aria-checked={entry.isOn}
                onPointerMove={() => setIndex(at())}
                onClick={() => run(entry)}
                onKeyDown={keyDown}
              >
                <span class="palette-words">
                  {entry.words}
                  <Show when={entry.isOn}>
                    <Check size={14} />
                  </Show>
                </span>
                <Show when={entry.keys}>
                  <kbd>{entry.keys}</kbd>
                </Show>
              </div>
            )}
          </For>
        </div>
      </Show>
    </Dialog>
  );
}
