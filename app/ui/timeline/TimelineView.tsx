// The timeline: overview, ruler, lanes with their heads, clips; by mouse, touch, keyboard and screen reader.
import './timeline.css';
import './lane-heads.css';
import './menu.css';
import { createEffect, createSignal, type JSX, onCleanup, Show } from 'solid-js';
import type { Point } from '../../editor/gestures/navigate.ts';
import type { Hit } from '../../editor/hit-test.ts';
import { clipRect, rulerHeight } from '../../editor/layout.ts';
import { type Action, isEnabled, registerActions } from '../actions.ts';
import { useClient } from '../client.ts';
import { TimeLanes } from '../lanes/TimeLanes.tsx';
import { select, selectedIds } from '../selection.ts';
import { objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import { placeActions } from '../timelines/nest-actions.ts';
import { isSplit } from '../timelines/shown-timeline.ts';
import { ClipGrid } from './ClipGrid.tsx';
import { createTimelineActions } from './commands.ts';
import { FreezeProgress } from './FreezeProgress.tsx';
import { LaneHeaders } from './LaneHeaders.tsx';
import { laneActions } from './lane-actions.ts';
import { Menu } from './Menu.tsx';
import { createTimelineModel } from './model.ts';
import { Overview } from './Overview.tsx';
import { SelectionBar } from './SelectionBar.tsx';
import { TimelineArea } from './TimelineArea.tsx';
import { TimelineTools } from './TimelineTools.tsx';

/** What the menu of a clip offers, and that of the empty lanes, in groups. */
const clipMenu = [
  ['timelines.open', 'clip.split', 'clip.splitTransients', 'clip.duplicate', 'clip.join', 'clip.newLane'],
  ['clip.cut', 'clip.copy', 'clip.delete'],
  ['clip.rename', 'clip.mute', 'clip.solo'],
  ['clip.freeze', 'clip.unfreeze'],
  ['clip.fitTempo', 'clip.stretchReset', 'view.stretchTool'],
  ['clip.fadeShort', 'clip.fadeLong', 'clip.fadeNone', 'clip.crossfade'],
  ['view.loopSelection', 'view.zoomSelection'],
];
/** What speaks of few clips is left out of the menu of the others. */
const onlyNow: ReadonlySet<string> = new Set(['timelines.open', 'clip.unfreeze', 'clip.stretchReset']);
const laneMenu = [
  ['clip.paste', 'clip.selectAll'],
  ['view.zoomFit', 'view.lanesTaller', 'view.lanesLower', 'view.lanesFit'],
  ['view.snap', 'view.snapGrid', 'view.snapMarkers', 'view.snapTransients'],
  ['view.ripple', 'view.follow', 'view.scrubSound'],
  ['time.insert', 'time.remove'],
];
const snapMenu = [['view.snap'], ['view.snapGrid', 'view.snapMarkers', 'view.snapTransients']];

interface OpenMenu {
  readonly at: Point;
  readonly label: string;
  readonly groups: readonly (readonly Action[])[];
}

export interface TimelineViewProps {
  readonly timelineId: string;
  /** Whether keys and palette speak of this one. */
  readonly isActive: boolean;
}

export function TimelineView(props: TimelineViewProps): JSX.Element {
  const model = createTimelineModel(useClient(), () => props.timelineId);
  const [menu, setMenu] = createSignal<OpenMenu>();
  const [renaming, setRenaming] = createSignal<string>();
  let area: HTMLElement | undefined;
  const actions = createTimelineActions(model, setRenaming);
  createEffect(() => {
    if (props.isActive) onCleanup(registerActions(actions));
  });
  createEffect(() => {
    if (props.isActive) onCleanup(registerActions(placeActions(model)));
  });
  const grouped = (ids: readonly (readonly string[])[]): readonly (readonly Action[])[] =>
    ids.map((group) => group.flatMap((id) => actions.find((action) => action.id === id) ?? []));
  const openClipMenu = (at: Point): void => {
    const shown = grouped(clipMenu).map((group) =>
      group.filter((action) => !onlyNow.has(action.id) || isEnabled(action)),
    );
    setMenu({ at, label: text('clip.menu'), groups: shown });
  };

  const openMenu = (hit: Hit, at: Point): void => {
    if (hit.kind === 'clip' && !selectedIds().has(hit.clip.id)) select([hit.clip.id]);
    if (hit.kind === 'clip') openClipMenu(at);
    else if (hit.kind === 'lane') {
      setMenu({ at, label: text('view.timeline'), groups: [...grouped(laneMenu), placeActions(model)] });
    }
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
    openClipMenu({ x: box.left + Math.max(0, rect.x), y: box.top + rulerHeight + rect.y + 16 });
  };

  /** Two of them are told apart by name. */
  const label = (): string => {
    const name = objectOf(model.client.state, 'TimelineAtome', props.timelineId)?.name ?? '';
    return isSplit() ? `${text('view.timeline')}: ${name}` : text('view.timeline');
  };

  return (
    <section class="timeline" aria-label={label()} onKeyDown={openMenuByKey}>
      <div class="timeline-top">
        <TimelineTools openSnapMenu={(at) => setMenu({ at, label: text('view.snapTo'), groups: grouped(snapMenu) })} />
        <Overview model={model} />
      </div>
      <TimeLanes model={model} />
      <div class="timeline-body">
        <LaneHeaders
          model={model}
          openMenu={(lane, at) => setMenu({ at, label: text('lane.menu'), groups: laneActions(model, lane) })}
        />
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
      <FreezeProgress timelineId={props.timelineId} />
      <SelectionBar openMenu={openClipMenu} />
      <ClipGrid model={model} />
      <div class="timeline-announcement" role="status" aria-live="polite">
        {model.announcement()}
      </div>
      <Show when={menu()}>
        {(shown) => (
          <Menu at={shown().at} label={shown().label} groups={shown().groups} onClose={() => setMenu(undefined)} />
        )}
      </Show>
    </section>
  );
}
