// The left panel: files and history behind two tabs; on a phone the page's own tabs choose.
import { For, type JSX, Show } from 'solid-js';
import { FilesPanel } from './files/FilesPanel.tsx';
import { HistoryPanel } from './history/HistoryPanel.tsx';
import { type LeftTab, leftTab, setLeftTab } from './layout.ts';
import { type MessageKey, text } from './text.ts';

const tabs: readonly { readonly id: LeftTab; readonly label: MessageKey }[] = [
  { id: 'files', label: 'panel.files' },
  { id: 'history', label: 'panel.history' },
];

export function LeftPanel(): JSX.Element {
  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    event.preventDefault();
    setLeftTab(leftTab() === 'files' ? 'history' : 'files');
    event.currentTarget.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  };
  return (
    <aside class="panel panel-left" aria-label={text('panel.left')}>
      <div class="tabs desk-only" role="tablist" aria-label={text('panel.left')} onKeyDown={move}>
        <For each={tabs}>
          {(tab) => (
            <button
              type="button"
              class="tab"
              role="tab"
              aria-selected={leftTab() === tab.id}
              tabIndex={leftTab() === tab.id ? 0 : -1}
              onClick={() => setLeftTab(tab.id)}
            >
              {text(tab.label)}
            </button>
          )}
        </For>
      </div>
      <div class="panel-body">
        <Show when={leftTab() === 'files'} fallback={<HistoryPanel />}>
          <FilesPanel />
        </Show>
      </div>
    </aside>
  );
}
