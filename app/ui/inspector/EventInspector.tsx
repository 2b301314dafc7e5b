// An event on a timeline: when it happens, what it is aimed at, and what its type needs.
import { createMemo, type JSX, Show } from 'solid-js';
import { tempoMapOf } from '../../core/tempo.ts';
import type { TimelineAtome, TimelineEventAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { NameField } from '../controls/NameField.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { type EventTarget, eventShapes } from '../lanes/event-types.ts';
import { objectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import { EventFields, Pick } from './EventFields.tsx';
import { positionScale } from './position-scale.ts';

interface EventInspectorProps {
  readonly event: TimelineEventAtome;
  readonly timeline: TimelineAtome;
}

const targetProperty = {
  clip: 'target_clip_id',
  timeline: 'target_timeline_id',
  widget: 'target_atome_id',
} as const satisfies Readonly<Record<EventTarget, keyof TimelineEventAtome>>;

export function EventInspector(props: EventInspectorProps): JSX.Element {
  const client = useClient();
  const set = (properties: Readonly<Record<string, unknown>>): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.event.id, properties });
  /** An event may count in another time than its timeline. */
  const map = () => {
    const { tempo_segments, timebase } = props.timeline;
    return tempoMapOf({ tempo_segments, timebase });
  };
  const position = (): number => {
    const { time, timebase } = props.event;
    return timebase === props.timeline.timebase ? time : map().fromSeconds(seconds());
  };
  const seconds = (): number =>
    props.event.timebase === 'seconds' ? props.event.time : map().beatsToSeconds(props.event.time);
  const move = (place: number): void => {
    const at = map().toSeconds(place);
    set({ time: props.event.timebase === 'seconds' ? at : map().secondsToBeats(at) });
  };
  const target = () => eventShapes[props.event.type].target;
  const targets = createMemo((): readonly { readonly id: string; readonly name: string }[] => {
    const { state } = client;
    if (target() === 'timeline') return objectsOf(state, 'TimelineAtome');
    if (target() === 'widget') return objectsOf(state, 'WidgetAtome');
    return objectsOf(state, 'AudioClipAtome').filter(({ timeline_id }) => timeline_id === props.timeline.id);
  });

  return (
    <>
      <NameField
        class="inspector-name"
        label={text('inspector.name')}
        value={props.event.name}
        placeholder={text(`events.${props.event.type}`)}
        onCommit={(name) => set({ name })}
      />
      <p class="inspector-note">{text(`events.${props.event.type}`)}</p>
      <div class="inspector-switches">
        <button
          type="button"
          class="toggle toggle-mute"
          aria-pressed={props.event.muted}
          onClick={() => set({ muted: !props.event.muted })}
        >
          {text('inspector.mute')}
        </button>
      </div>
      <h2 class="inspector-heading">{text('inspector.place')}</h2>
      <NumberField
        label={text('inspector.bars')}
        scale={positionScale(map(), 'bars')}
        value={position()}
        onCommit={move}
      />
      <NumberField
        label={text('inspector.time')}
        scale={positionScale(map(), 'time')}
        value={position()}
        onCommit={move}
      />
      <h2 class="inspector-heading">{text('events.what')}</h2>
      <Show when={target()}>
        {(kind) => (
          <Pick
            label={text(`events.target.${kind()}`)}
            value={props.event[targetProperty[kind()]] ?? ''}
            options={targets()}
            onChange={(id) => set({ [targetProperty[kind()]]: id || null })}
          />
        )}
      </Show>
      <EventFields
        event={props.event}
        timeline={props.timeline}
        onChange={(changed) => set({ payload: copied({ ...props.event.payload, ...changed }) })}
      />
    </>
  );
}

/** Parts of the state cannot be sent; what is undefined is left out. */
const copied = (payload: Readonly<Record<string, unknown>>): unknown => JSON.parse(JSON.stringify(payload));
