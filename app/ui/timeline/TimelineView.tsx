// The timeline: overview, ruler, lanes with their heads, clips; by mouse, touch, keyboard and screen reader.
import './timeline.css';
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import type { Point } from '../../editor/gestures/navigate.ts';
import type { Hit } from '../../editor/hit-test.ts';
import { clipRect, rulerHeight } from '../../editor/layout.ts';
import { registerActions } from '../actions.ts';
import { useClient } from '../client.ts';
import { select, selectedIds } from '../selection.ts';
import { text } from '../text.ts';
import { ClipGrid } from './ClipGrid.tsx';
import { ClipMenu } from './ClipMenu.tsx';
import { createTimelineActions } from './commands.ts';
import { LaneHeaders } from './LaneHeaders.tsx';
import { createTimelineModel } from './model.ts';
import { Overview } from './Overview.tsx';
import { TimelineArea } from './TimelineArea.tsx';

/** What the menu of a clip offers, and what the empty lanes do. */
const clipMenu = new Set([
  'clip.split',
  'clip.duplicate',
  'clip.copy',
  'clip.cut',
  'clip.delete',
  'clip.rename',
  'clip.mute',
  'clip.solo',
  'clip.join',
  'clip.newLane',
  'clip.fadeShort',
  'clip.fadeLong',
  'clip.fadeNone',
  'clip.crossfade',
  'view.loopSelection',
  'view.zoomSelection',
]);
const laneMenu = new Set(['clip.paste', 'clip.selectAll', 'view.zoomFit', 'view.snap', 'view.follow']);

export function TimelineView(props: { readonly timelineId: string }): JSX.Element {
  const model = createTimelineModel(useClient(), () => props.timelineId);
  const [menu, setMenu] = createSignal<{ readonly at: Point; readonly clip: boolean }>();
  const [renaming, setRenaming] = createSignal<string>();
  let area: HTMLElement | undefined;
  const actions = createTimelineActions(model, setRenaming);
  onCleanup(registerActions(actions));

  const openMenu = (hit: Hit, at: Point): void => {
    if (hit.kind === 'clip' && !selectedIds().has(hit.clip.id)) select([hit.clip.id]);
    if (hit.kind === 'clip' || hit.kind === 'lane') setMenu({ at, clip: hit.kind === 'clip' });
  };
  const openMenuByKey = (event: KeyboardEvent): void => {
    const focused = model.focusedClip();
    if (focused === undefined || !(event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey))) return;
    event.preventDefault();
    if (!selectedIds().has(focused)) select([focused]);
    const clip = model.scene().clips.get(focused);
    const box = area?.getBoundingClientRect();
    if (!clip || !box) return;
    const rect = clipRect(model.layout(), model.view(), clip);
    setMenu({ at: { x: box.left + Math.max(0, rect.x), y: box.top + rulerHeight + rect.y + 16 }, clip: true });
  };

  return (
    <section class="timeline" aria-label={text('view.timeline')} onKeyDown={openMenuByKey}>
      <Overview model={model} />
      <div class="timeline-body">
        <LaneHeaders model={model} />
        <TimelineArea
          model={model}
          openMenu={openMenu}
          renaming={renaming()}
          onRenamed={() => setRenaming(undefined)}
          ref={(element) => {
            area = element;
          }}
        />
      </div>
      <ClipGrid model={model} />
      <div class="timeline-announcement" role="status" aria-live="polite">
        {model.announcement()}
      </div>
      <Show when={menu()}>
        {(shown) => (
          <ClipMenu
            at={shown().at}
            actions={actions.filter((action) => (shown().clip ? clipMenu : laneMenu).has(action.id))}
            onClose={() => setMenu(undefined)}
          />
        )}
      </Show>
    </section>
  );
}
