// The fields of an event's payload, each by its kind: choices, numbers, words, a script, JSON.
import { createMemo, For, type JSX, Match, Switch } from 'solid-js';
import { tempoMapOf } from '../../core/tempo.ts';
import type { TimelineAtome, TimelineEventAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { NameField } from '../controls/NameField.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { durationScale, gainOfLevel, levelOfGain, levelScale, panScale, type ValueScale } from '../controls/scales.ts';
import { type EventField, eventShapes } from '../lanes/event-types.ts';
import { objectOf, objectsOf } from '../session-view.ts';
import { type MessageKey, text } from '../text.ts';
import { positionScale } from './position-scale.ts';
import { ScriptField } from './ScriptField.tsx';
import { Writing } from './Writing.tsx';

interface EventFieldsProps {
  readonly event: TimelineEventAtome;
  readonly timeline: TimelineAtome;
  readonly onChange: (payload: Readonly<Record<string, unknown>>) => void;
}

/** Seconds. */
const longest = 86_400;
const plain = (minimum: number, maximum: number, initial: number): ValueScale => ({
  minimum,
  maximum,
  initial,
  step: 0.05,
  print: (value) => value.toFixed(2),
  parse: (typed) => {
    const value = Number(typed.replace(',', '.'));
    return typed.trim() !== '' && Number.isFinite(value) ? value : undefined;
  },
  toFraction: (value) => (value - minimum) / (maximum - minimum),
  fromFraction: (fraction) => minimum + fraction * (maximum - minimum),
});
const scales = {
  gain: levelScale(24),
  pan: panScale,
  seconds: durationScale(longest),
  rate: plain(0.1, 10, 1),
  share: plain(0, 1, 1),
};
const panels = ['files', 'history', 'inspector', 'video', 'widgets'] as const;

const labels: Readonly<Record<string, MessageKey>> = {
  gain: 'inspector.gain',
  pan: 'inspector.pan',
  muted: 'inspector.mute',
  marker_id: 'follow.marker',
  media_file_id: 'events.field.video',
  offset: 'events.field.offset',
  rate: 'events.field.rate',
  to: 'events.field.to',
  position: 'events.field.position',
  panel: 'events.field.panel',
  value: 'events.field.value',
  text: 'inspector.name',
  seconds: 'events.field.seconds',
  source: 'events.field.source',
  graph: 'events.field.graph',
  delta: 'events.field.delta',
};

export function EventFields(props: EventFieldsProps): JSX.Element {
  return <For each={eventShapes[props.event.type].fields}>{(field) => <Field {...props} field={field} />}</For>;
}

function Field(props: EventFieldsProps & { readonly field: EventField }): JSX.Element {
  const client = useClient();
  const label = (): string => text(labels[props.field.name] ?? 'events.what');
  const value = (): unknown => props.event.payload[props.field.name];
  const number = (otherwise: number): number => {
    const held = value();
    return typeof held === 'number' ? held : otherwise;
  };
  const set = (held: unknown): void => props.onChange({ [props.field.name]: held });
  const words = (): string => (typeof value() === 'string' ? String(value()) : '');
  const scaleOf = (kind: EventField['kind']): ValueScale | undefined =>
    kind === 'position' ? positionScale(tempoMapOf(aimedAt()), 'bars') : scales[kind as keyof typeof scales];
  /** Positions are in the time of the timeline that the event is aimed at. */
  const aimedAt = (): TimelineAtome =>
    objectOf(client.state, 'TimelineAtome', props.event.target_timeline_id) ?? props.timeline;
  const markers = createMemo(() =>
    objectsOf(client.state, 'TimelineMarkerAtome').filter(({ timeline_id }) => timeline_id === aimedAt().id),
  );
  const isGain = () => props.field.kind === 'gain';
  return (
    <Switch>
      <Match when={props.field.kind === 'marker'}>
        <Pick label={label()} value={words()} options={markers()} onChange={(id) => set(id || undefined)} />
      </Match>
      <Match when={props.field.kind === 'video'}>
        <Pick
          label={label()}
          value={words()}
          options={objectsOf(client.state, 'MediaFileAtome')}
          onChange={(id) => set(id || undefined)}
        />
      </Match>
      <Match when={props.field.kind === 'panel'}>
        <Pick
          label={label()}
          value={words()}
          options={panels.map((id) => ({ id, name: text(`events.panel.${id}`) }))}
          onChange={(id) => set(id || undefined)}
        />
      </Match>
      <Match when={props.field.kind === 'muted'}>
        <div class="inspector-switches">
          <button
            type="button"
            class="toggle toggle-mute"
            aria-pressed={value() === true}
            onClick={() => set(value() !== true)}
          >
            {text('events.field.mutes')}
          </button>
        </div>
      </Match>
      <Match when={props.field.kind === 'text'}>
        <NameField label={label()} value={words()} placeholder={label()} onCommit={set} />
      </Match>
      <Match when={props.field.kind === 'script'}>
        <ScriptField label={label()} value={words()} name={props.event.payload.name} onCommit={set} />
      </Match>
      <Match when={props.field.kind === 'json'}>
        <Writing
          label={label()}
          value={value() === undefined ? '' : JSON.stringify(value(), undefined, 2)}
          onCommit={(typed) => {
            try {
              set(JSON.parse(typed));
              return true;
            } catch {
              return false;
            }
          }}
        />
      </Match>
      <Match when={scaleOf(props.field.kind)}>
        {(scale) => (
          <NumberField
            label={label()}
            scale={scale()}
            value={isGain() ? levelOfGain(number(1)) : number(scale().initial)}
            mixed={value() === undefined ? text('events.unset') : undefined}
            onCommit={(held) => set(isGain() ? gainOfLevel(held) : held)}
          />
        )}
      </Match>
    </Switch>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly id: string; readonly name: string }[];
  readonly onChange: (id: string) => void;
}

export function Pick(props: PickProps): JSX.Element {
  return (
    <label class="marker-choice">
      <span>{props.label}</span>
      <select aria-label={props.label} onChange={(event) => props.onChange(event.currentTarget.value)}>
        <option value="" selected={props.value === ''}>
          {text('events.nothing')}
        </option>
        <For each={props.options}>
          {(option) => (
            <option value={option.id} selected={option.id === props.value}>
              {option.name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
