// The lane of events: what happens by itself at a place of the timeline, by symbol and name.
import Zap from 'lucide-solid/icons/zap';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { unwrap } from 'solid-js/store';
import { createId } from '../../core/id.ts';
import type { Seconds } from '../../core/units.ts';
import { positionAt } from '../../editor/edits.ts';
import type { Point } from '../../editor/gestures/navigate.ts';
import { describePosition } from '../../editor/time-grid.ts';
import type { EventType, TimelineEventAtome } from '../../protocol/kinds.ts';
import type { Action } from '../actions.ts';
import { selectedIds } from '../selection.ts';
import { plainObjectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import { runStep } from '../timeline/clip-actions.ts';
import { Menu } from '../timeline/Menu.tsx';
import type { TimelineModel } from '../timeline/model.ts';
import { goTo } from '../timeline/view-actions.ts';
import { EventSymbol } from './EventSymbol.tsx';
import { eventFamilies, startOf } from './event-types.ts';
import { LaneList } from './LaneList.tsx';
import { timeAt } from './lane-time.ts';
import { change, moveTo, remove } from './placed-edits.ts';
import { createPlacedGestures } from './placed-gestures.ts';

export function EventLane(props: { readonly model: TimelineModel }): JSX.Element {
  const { model } = props;
  const { client } = model;
  const { moved, dragOf, pressKey } = createPlacedGestures(model, {
    timeOf: (id) => timeById(id),
    move: (id, time) => moveTo(model, id, 'events.move', time),
    remove: (id) => removeEvent(id),
  });
  const [adding, setAdding] = createSignal<{ readonly time: Seconds; readonly at: Point }>();
  const timeOf = ({ time, timebase }: TimelineEventAtome): Seconds =>
    timebase === 'seconds' ? time : model.scene().tempo.beatsToSeconds(time);
  const byId = createMemo(() => {
    const events = plainObjectsOf(client.state, 'TimelineEventAtome');
    return new Map(
      events.filter((event) => event.timeline_id === model.timelineId()).map((event) => [event.id, event]),
    );
  });
  const items = createMemo(() =>
    [...byId().values()]
      .map((event) => ({ id: event.id, time: moved()?.id === event.id ? (moved()?.time ?? 0) : timeOf(event) }))
      .sort((a, b) => a.time - b.time),
  );
  const nameOf = (id: string): string => {
    const event = byId().get(id);
    return event ? event.name || text(`events.${event.type}`) : '';
  };
  const timeById = (id: string): Seconds => {
    const event = byId().get(id);
    return event ? timeOf(event) : 0;
  };
  const wordsOf = (id: string): string => {
    const event = byId().get(id);
    if (!event) return '';
    const time = items().find((item) => item.id === id)?.time ?? 0;
    const words = [text(`events.${event.type}`), describePosition(model.scene().tempo, time)];
    if (event.name !== '') words.unshift(event.name);
    if (event.muted) words.push(text('events.muted'));
    return words.join(', ');
  };

  const add = (type: EventType, time: Seconds): void => {
    const scene = model.scene();
    const id = createId();
    const start = startOf(unwrap(client.state), type, scene.timelineId, selectedIds());
    const place = { timeline_id: scene.timelineId, time: positionAt(scene, time) };
    void runStep(model, { cmd: 'ADD_EVENT', id, type, ...place, ...start }, text(`events.${type}`), [id]);
  };
  const addMenu = (time: Seconds): readonly (readonly Action[])[] =>
    eventFamilies.map((family) =>
      family.map((type) => ({ id: `events.${type}`, label: `events.${type}`, run: () => add(type, time) })),
    );
  const removeEvent = (id: string): Promise<void> =>
    remove(model, id, 'events.remove', text('events.removed', { name: nameOf(id) }));
  const menuOf = (id: string, rename: () => void): readonly (readonly Action[])[] => {
    const muted = byId().get(id)?.muted === true;
    return [
      [
        { id: 'events.go', label: 'markers.go', run: () => goTo(model, timeById(id)) },
        { id: 'events.rename', label: 'events.rename', run: rename },
        {
          id: 'events.mute',
          label: 'events.mute',
          checked: () => muted,
          run: () => void change(model, id, 'events.mute', text('events.mute'), { muted: !muted }),
        },
      ],
      [{ id: 'events.remove', label: 'events.remove', run: () => void removeEvent(id) }],
    ];
  };

  return (
    <>
      <LaneList
        model={model}
        title={text('lanes.events')}
        icon={Zap}
        hint={text('events.hint')}
        items={items()}
        addLabel={text('events.add')}
        onAdd={(at) => setAdding({ time: model.playhead(), at })}
        onAddAt={(point, at) => setAdding({ time: timeAt(model, point).time, at })}
        wordsOf={wordsOf}
        menuLabel={text('events.menu')}
        menuOf={(id, lane) => menuOf(id, () => lane.edit(id))}
        editLabel={text('events.rename')}
        editValue={(id) => byId().get(id)?.name ?? ''}
        onEdited={(id, name) => {
          void change(model, id, 'events.rename', name, { name });
          return true;
        }}
        dragOf={dragOf}
        onKey={pressKey}
      >
        {(id, place) => (
          <Show when={byId().get(id)}>
            {(event) => (
              <span
                class="event-chip"
                data-muted={event().muted ? '' : undefined}
                style={{ 'max-width': `${Math.max(18, Math.min(160, place().room - 3))}px` }}
              >
                <EventSymbol type={event().type} />
                <span class="event-name">{nameOf(id)}</span>
              </span>
            )}
          </Show>
        )}
      </LaneList>
      <Show when={adding()} keyed>
        {({ time, at }) => (
          <Menu at={at} label={text('events.add')} groups={addMenu(time)} onClose={() => setAdding(undefined)} />
        )}
      </Show>
    </>
  );
}
