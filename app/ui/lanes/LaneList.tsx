// What all lanes of time share: things at their places as a list box, with pointer, keyboard, menu and editing in place.
import Plus from 'lucide-solid/icons/plus';
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { type Point, wheel } from '../../editor/gestures/navigate.ts';
import { contentHeight } from '../../editor/layout.ts';
import { reveal } from '../../editor/viewport.ts';
import type { Action } from '../actions.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { select, selectedIds } from '../selection.ts';
import { Menu } from '../timeline/Menu.tsx';
import type { TimelineModel } from '../timeline/model.ts';
import { LaneField } from './LaneField.tsx';
import { LanePlayhead } from './LanePlayhead.tsx';
import { createLaneDrag, type LaneDrag, type LanePoint, pointIn } from './lane-drag.ts';
import { type LaneItem, type LanePlace, neighbourOf, placesOf } from './lane-places.ts';

export interface LaneHandle {
  focus(id: string): void;
  edit(id: string): void;
}

export interface LaneListProps {
  readonly model: TimelineModel;
  readonly title: string;
  readonly icon: (props: { size: number }) => JSX.Element;
  /** Shown while there is nothing. */
  readonly hint: string;
  /** Ascending in time. */
  readonly items: readonly LaneItem[];
  readonly addLabel: string;
  /** The button in the lane's head, with the place below it. */
  readonly onAdd: (at: Point) => void;
  /** A double click where nothing is. */
  readonly onAddAt: (point: LanePoint, at: Point) => void;
  readonly wordsOf: (id: string) => string;
  readonly menuOf: (id: string, lane: LaneHandle) => readonly (readonly Action[])[];
  readonly menuLabel: string;
  readonly editLabel: string;
  readonly editValue: (id: string) => string;
  readonly onEdited: (id: string, typed: string) => boolean;
  readonly dragOf: (id: string, from: LanePoint, sideways: boolean) => LaneDrag;
  /** Keys that mean something here beyond moving along; tells whether this one did. */
  readonly onKey: (id: string, event: KeyboardEvent) => boolean;
  readonly children: (id: string, place: () => LanePlace) => JSX.Element;
  /** Drawn behind the things. */
  readonly behind?: JSX.Element;
}

const nowhere: LanePlace = { x: 0, room: 0, number: 0 };

export function LaneList(props: LaneListProps): JSX.Element {
  const [current, setCurrent] = createSignal<string>();
  const [editing, setEditing] = createSignal<string>();
  const [menu, setMenu] = createSignal<{ readonly id: string; readonly at: Point }>();
  const press = createLaneDrag(props.model);
  let area: HTMLDivElement | undefined;

  /** The one that Tab reaches: where the keyboard was, else a selected one, else the first. */
  const reached = createMemo((): string | undefined => {
    const of = (wanted: (id: string) => boolean) => props.items.find(({ id }) => wanted(id))?.id;
    return of((id) => id === current()) ?? of((id) => selectedIds().has(id)) ?? props.items[0]?.id;
  });
  const places = createMemo(() => placesOf(props.items, props.model.view(), reached()));
  const ids = createMemo((): string[] => [...places().keys()], [], {
    equals: (a, b) => a.length === b.length && a.every((id, index) => id === b[index]),
  });
  const placeOf = (id: string): LanePlace => places().get(id) ?? nowhere;
  const elementOf = (id: string): HTMLElement | null =>
    area?.querySelector<HTMLElement>(`[data-item="${CSS.escape(id)}"]`) ?? null;

  const lane: LaneHandle = {
    focus(id) {
      setCurrent(id);
      const item = props.items.find((candidate) => candidate.id === id);
      if (item) props.model.setView(reveal(props.model.view(), item.time));
      elementOf(id)?.focus({ preventScroll: true });
    },
    edit: setEditing,
  };
  // When the one with the keyboard goes, the one that takes its place gets it.
  createEffect(
    on(
      () => props.items.map(({ id }) => id),
      (now, before) => {
        const lost = current();
        const at = before?.indexOf(lost ?? '') ?? -1;
        if (at < 0 || lost === undefined || now.includes(lost)) return;
        const next = now[Math.min(at, now.length - 1)];
        setCurrent(next);
        if (next !== undefined && document.activeElement === document.body) lane.focus(next);
      },
    ),
  );

  const openMenu = (id: string, at?: Point): void => {
    const box = elementOf(id)?.getBoundingClientRect();
    setMenu({ id, at: at ?? { x: box?.left ?? 0, y: box?.bottom ?? 0 } });
  };
  const pressKey = (id: string, event: KeyboardEvent): void => {
    const next = event.altKey || event.ctrlKey || event.metaKey ? undefined : neighbourOf(props.items, id, event.key);
    if (next !== undefined) {
      lane.focus(next);
      select([next]);
    } else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) openMenu(id);
    else if (event.key === 'F2') lane.edit(id);
    else if (!props.onKey(id, event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pressDown = (id: string, event: PointerEvent): void => {
    event.stopPropagation();
    setCurrent(id);
    select([id]);
    if (area) press(area, event, (from, sideways) => props.dragOf(id, from, sideways));
  };
  const turnWheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (!area) return;
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const { x, shift } = pointIn(area, event);
    const turned = { x, shift, mod: event.ctrlKey || event.metaKey, deltaX: event.deltaX * unit };
    const { model } = props;
    model.setView(wheel(model.view(), { ...turned, deltaY: event.deltaY * unit }, contentHeight(model.layout())));
  };

  return (
    <>
      <div class="time-lane-head">
        <Dynamic component={props.icon} size={14} />
        <span class="time-lane-title">{props.title}</span>
        <IconButton
          class="time-lane-add"
          label={props.addLabel}
          onClick={() => {
            const box = area?.getBoundingClientRect();
            props.onAdd({ x: (box?.left ?? 0) - 28, y: box?.bottom ?? 0 });
          }}
        >
          <Plus size={14} />
        </IconButton>
      </div>
      <div
        ref={(element) => {
          area = element;
          element.addEventListener('wheel', turnWheel, { passive: false });
          element.addEventListener('dblclick', (event) => {
            const onSomething = event.target instanceof Element && event.target.closest('.time-lane-item, input');
            if (!onSomething) props.onAddAt(pointIn(element, event), { x: event.clientX, y: event.clientY });
          });
        }}
        class="time-lane-window"
      >
        {props.behind}
        <Show when={props.items.length > 0} fallback={<p class="time-lane-hint">{props.hint}</p>}>
          <div class="time-lane-items" role="listbox" aria-label={props.title} aria-orientation="horizontal">
            <For each={ids()}>
              {(id) => (
                <div
                  class="time-lane-item"
                  role="option"
                  data-item={id}
                  tabIndex={reached() === id ? 0 : -1}
                  aria-selected={selectedIds().has(id)}
                  aria-label={props.wordsOf(id)}
                  aria-posinset={placeOf(id).number}
                  aria-setsize={props.items.length}
                  title={props.wordsOf(id)}
                  style={{ transform: `translateX(${Math.round(placeOf(id).x)}px)` }}
                  onFocus={() => setCurrent(id)}
                  onPointerDown={(event) => pressDown(id, event)}
                  onDblClick={(event) => {
                    event.stopPropagation();
                    lane.edit(id);
                  }}
                  onContextMenu={(event) => {
                    event.preventDefault();
                    openMenu(id, { x: event.clientX, y: event.clientY });
                  }}
                  onKeyDown={(event) => pressKey(id, event)}
                >
                  {props.children(id, () => placeOf(id))}
                </div>
              )}
            </For>
          </div>
        </Show>
        <LanePlayhead model={props.model} />
        <Show when={editing()} keyed>
          {(id) => (
            <LaneField
              label={props.editLabel}
              value={props.editValue(id)}
              x={Math.min(placeOf(id).x, props.model.view().width - 160)}
              onCommit={(typed) => props.onEdited(id, typed)}
              onClose={() => {
                setEditing(undefined);
                elementOf(id)?.focus({ preventScroll: true });
              }}
            />
          )}
        </Show>
      </div>
      <Show when={menu()} keyed>
        {({ id, at }) => (
          <Menu at={at} label={props.menuLabel} groups={props.menuOf(id, lane)} onClose={() => setMenu(undefined)} />
        )}
      </Show>
    </>
  );
}
