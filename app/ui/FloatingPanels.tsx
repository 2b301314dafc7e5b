// The panels that float over the page; each loads when it is first shown.
import { createMemo, type JSX, lazy, onCleanup, onMount, Show, Suspense } from 'solid-js';
import { registerActions } from './actions.ts';
import { type AtomeClient, useClient } from './client.ts';
import { setVideoClosed, setWidgetsOpen, videoClosed, widgetsOpen } from './layout.ts';
import { followUiEvents } from './ui-events.ts';
import { shownVideoEvents } from './video/shown-events.ts';

const VideoPanel = lazy(() => import('./video/VideoPanel.tsx'));
const WidgetPanel = lazy(() => import('./widgets/WidgetPanel.tsx'));

export function FloatingPanels(): JSX.Element {
  const client = useClient();
  const hasVideo = createMemo(() => shownVideoEvents(client.state).length > 0);
  onCleanup(registerActions(panelActions(client)));
  onMount(() => onCleanup(followUiEvents(client)));
  return (
    <>
      <Show when={hasVideo() && !videoClosed()}>
        <Suspense>
          <VideoPanel />
        </Suspense>
      </Show>
      <Show when={widgetsOpen()}>
        <Suspense>
          <WidgetPanel />
        </Suspense>
      </Show>
    </>
  );
}

const panelActions = (client: AtomeClient) =>
  [
    {
      id: 'page.video',
      label: 'page.video',
      run: () => setVideoClosed(!videoClosed()),
      checked: () => !videoClosed(),
      enabled: () => shownVideoEvents(client.state).length > 0,
    },
    {
      id: 'page.widgets',
      label: 'page.widgets',
      run: () => setWidgetsOpen(!widgetsOpen()),
      checked: widgetsOpen,
    },
  ] as const;
