// The whole page around one client: panels, the timeline in the middle, and what lies over them.
import { createEffect, createMemo, ErrorBoundary, For, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js';
import { registerActions } from './actions.ts';
import { type AtomeClient, ClientContext, useClient } from './client.ts';
import { Dialogs } from './Dialogs.tsx';
import { FloatingPanels } from './FloatingPanels.tsx';
import { Inspector } from './inspector/Inspector.tsx';
import { LeftPanel } from './LeftPanel.tsx';
import { leftOpen, phoneTab, rightOpen } from './layout.ts';
import { PhoneTabs } from './PhoneTabs.tsx';
import { pageActions } from './page-actions.ts';
import { activeTimeline, hasAny, isKnown } from './session-view.ts';
import { listenForShortcuts } from './shortcuts/shortcut-map.ts';
import { CrashScreen } from './start/CrashScreen.tsx';
import { DropZone } from './start/DropZone.tsx';
import { EmptyState } from './start/EmptyState.tsx';
import { StatusBar } from './status/StatusBar.tsx';
import { Toasts } from './status/Toasts.tsx';
import './styles/index.css';
import { TopBar } from './TopBar.tsx';
import { startLanguage, text } from './text.ts';
import { TimelineView } from './timeline/TimelineView.tsx';
import {
  activePane,
  followActiveTimeline,
  type Pane,
  panes,
  selectOnlyShown,
  setActivePane,
  shownTimelineId,
} from './timelines/shown-timeline.ts';
import { TimelineTabs } from './timelines/TimelineTabs.tsx';
import { restoreMetronome } from './transport/metronome.ts';

export function App(props: { readonly client: AtomeClient }): JSX.Element {
  return (
    <ClientContext.Provider value={props.client}>
      <ErrorBoundary fallback={(error, retry) => <CrashScreen error={error} onRetry={retry} />}>
        <Shell />
      </ErrorBoundary>
    </ClientContext.Provider>
  );
}

function Shell(): JSX.Element {
  const client = useClient();
  onCleanup(registerActions(pageActions(client)));
  followActiveTimeline(client.state);
  selectOnlyShown(client.state);
  createEffect(() => isKnown(client.state) && untrack(() => restoreMetronome(client)));
  onMount(() => {
    void startLanguage();
    onCleanup(listenForShortcuts(window));
    document.addEventListener('click', giveKeysBack);
    onCleanup(() => document.removeEventListener('click', giveKeysBack));
  });
  return (
    <div
      class="shell"
      data-left={leftOpen() ? '' : undefined}
      data-right={rightOpen() ? '' : undefined}
      data-phone={phoneTab()}
    >
      <TopBar />
      <LeftPanel />
      <main class="stage" aria-label={text('view.timeline')}>
        <Show when={isKnown(client.state)}>
          <Stage />
        </Show>
      </main>
      <aside class="panel panel-right" aria-label={text('panel.inspector')}>
        <div class="panel-body">
          <Inspector />
        </div>
      </aside>
      <StatusBar />
      <PhoneTabs />
      <FloatingPanels />
      <Toasts />
      <DropZone />
      <Dialogs />
    </div>
  );
}

function Stage(): JSX.Element {
  const client = useClient();
  const isEmpty = createMemo(
    () => !(['AudioClipAtome', 'AudioFileAtome', 'MediaFileAtome'] as const).some((kind) => hasAny(client.state, kind)),
  );
  const hasTimeline = createMemo(() => !isEmpty() && activeTimeline(client.state) !== undefined);
  return (
    <Show when={hasTimeline()} fallback={<EmptyState />}>
      <div class="timeline-panes">
        <For each={panes()}>{(pane) => <TimelinePane pane={pane} />}</For>
      </div>
    </Show>
  );
}

function TimelinePane(props: { readonly pane: Pane }): JSX.Element {
  const client = useClient();
  const timelineId = createMemo(() => shownTimelineId(client.state, props.pane));
  const isActive = (): boolean => activePane() === props.pane;
  const enter = (): void => void setActivePane(props.pane);
  return (
    <div
      class="timeline-pane"
      data-active={isActive() ? '' : undefined}
      ref={(element) => {
        element.addEventListener('pointerdown', enter, true);
        element.addEventListener('focusin', enter);
      }}
    >
      <TimelineTabs pane={props.pane} />
      <Show when={timelineId()} keyed>
        {(id) => <TimelineView timelineId={id} isActive={isActive()} />}
      </Show>
    </div>
  );
}

/** After a press with a pointer a button lets go of the keyboard, so that Space plays and does not press it again. */
function giveKeysBack(event: MouseEvent): void {
  const focused = document.activeElement;
  if (
    event.detail > 0 &&
    focused instanceof HTMLButtonElement &&
    !focused.closest('dialog, [popover], [role="grid"], [role="menu"]')
  ) {
    focused.blur();
  }
}
