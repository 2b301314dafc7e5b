// A nested timeline or an action clip on its timeline: where it lies, how long it is, what it plays.
import { createMemo, For, type JSX, lazy, Show, Suspense } from 'solid-js';
import { tempoMapOf } from '../../core/tempo.ts';
import type { ActionClipAtome, TimelineAtome, TimelineClipAtome, TimelineMarkerAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { Knob } from '../controls/Knob.tsx';
import { createLiveEdit } from '../controls/live-edit.ts';
import { NameField } from '../controls/NameField.tsx';
import { NumberField } from '../controls/NumberField.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { durationScale, gainOfLevel, levelOfGain, levelScale } from '../controls/scales.ts';
import { objectOf, objectsOf } from '../session-view.ts';
import { stepName, text } from '../text.ts';
import { openNested } from '../timelines/shown-timeline.ts';
import { ColorChoice } from './ColorChoice.tsx';
import { positionScale } from './position-scale.ts';

const FollowActions = lazy(async () => ({ default: (await import('../follow/FollowActions.tsx')).FollowActions }));
const VersionHistory = lazy(async () => ({ default: (await import('../versions/VersionHistory.tsx')).VersionHistory }));

const gainScale = levelScale(24);
/** Seconds; clips that are no sound may be very long. */
const longest = 86_400;

interface PlacedInspectorProps {
  readonly clip: TimelineClipAtome | ActionClipAtome;
  readonly timeline: TimelineAtome;
}

export function PlacedInspector(props: PlacedInspectorProps): JSX.Element {
  const client = useClient();
  const set = (properties: Readonly<Record<string, unknown>>): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.clip.id, properties });
  const gain = createLiveEdit(client, stepName('inspector.editStep'), () => {
    const { id } = props.clip;
    return (level) => [{ cmd: 'SET_OBJECT', id, properties: { gain: gainOfLevel(level) } }];
  });
  const map = () => tempoMapOf(props.timeline);
  const move = (position: number): void =>
    void client.run({ cmd: 'MOVE_CLIP', clip_id: props.clip.id, play_position: position });
  const nested = () => (props.clip.kind === 'TimelineClipAtome' ? props.clip : undefined);
  const actions = () => (props.clip.kind === 'ActionClipAtome' ? props.clip : undefined);

  return (
    <>
      <NameField
        class="inspector-name"
        label={text('inspector.name')}
        value={props.clip.name}
        onCommit={(name) => set({ name })}
      />
      <ColorChoice value={props.clip.color} onChange={(color) => set({ color })} />
      <div class="inspector-knobs">
        <Show when={nested()}>
          {(clip) => (
            <Knob label={text('inspector.gain')} scale={gainScale} value={levelOfGain(clip().gain)} {...gain} />
          )}
        </Show>
        <div class="inspector-switches">
          <button
            type="button"
            class="toggle toggle-mute"
            aria-pressed={props.clip.muted}
            onClick={() => set({ muted: !props.clip.muted })}
          >
            {text('inspector.mute')}
          </button>
          <Show when={nested()}>
            {(clip) => (
              <button
                type="button"
                class="toggle toggle-solo"
                aria-pressed={clip().solo}
                onClick={() => set({ solo: !clip().solo })}
              >
                {text('inspector.solo')}
              </button>
            )}
          </Show>
        </div>
      </div>
      <h2 class="inspector-heading">{text('inspector.place')}</h2>
      <NumberField
        label={text('inspector.bars')}
        scale={positionScale(map(), 'bars')}
        value={props.clip.play_position}
        onCommit={move}
      />
      <NumberField
        label={text('inspector.time')}
        scale={positionScale(map(), 'time')}
        value={props.clip.play_position}
        onCommit={move}
      />
      <Show when={nested()}>{(clip) => <NestedFields clip={clip()} timeline={props.timeline} set={set} />}</Show>
      <Show when={actions()}>
        {(clip) => (
          <>
            <NumberField
              label={text('nested.length')}
              scale={durationScale(longest)}
              value={clip().duration}
              onCommit={(duration) => set({ duration })}
            />
            <p class="inspector-note">{text('nested.actions', { count: clip().events.length })}</p>
          </>
        )}
      </Show>
      <Suspense>
        <FollowActions scope="clip" targetId={props.clip.id} timelineId={props.timeline.id} />
        <VersionHistory objectId={props.clip.id} />
      </Suspense>
    </>
  );
}

interface NestedFieldsProps {
  readonly clip: TimelineClipAtome;
  readonly timeline: TimelineAtome;
  readonly set: (properties: Readonly<Record<string, unknown>>) => void;
}

function NestedFields(props: NestedFieldsProps): JSX.Element {
  const client = useClient();
  const nested = () => objectOf(client.state, 'TimelineAtome', props.clip.nested_timeline_id);
  const markers = createMemo((): TimelineMarkerAtome[] =>
    objectsOf(client.state, 'TimelineMarkerAtome')
      .filter(({ timeline_id }) => timeline_id === props.clip.nested_timeline_id)
      .sort((a, b) => a.time - b.time),
  );
  const map = () => tempoMapOf(props.timeline);
  const seconds = (): number => {
    const { play_position, duration } = props.clip;
    return duration === null ? 0 : map().toSeconds(play_position + duration) - map().toSeconds(play_position);
  };
  /** In the parent's timebase; zero lets the content say how long it is. */
  const setLength = (length: number): void => {
    const start = map().toSeconds(props.clip.play_position);
    const duration = length > 0 ? map().fromSeconds(start + length) - props.clip.play_position : null;
    props.set({ duration });
  };
  const loop = () => props.clip.loop_markers;
  /** A loop needs both of its markers: the other one is the last or the first there is. */
  const setLoop = (side: 'start_marker_id' | 'end_marker_id', id: string): void => {
    const [first, last] = [markers()[0], markers().at(-1)];
    if (id === '' || !first || !last) props.set({ loop_markers: null });
    else
      props.set({
        loop_markers: { start_marker_id: first.id, end_marker_id: last.id, ...loop(), [side]: id },
      });
  };
  return (
    <>
      <h2 class="inspector-heading">{text('nested.title')}</h2>
      <button type="button" class="button" onClick={() => openNested(client.state, props.clip.nested_timeline_id)}>
        {text('nested.open', { name: nested()?.name ?? '' })}
      </button>
      <NumberField
        label={text('nested.length')}
        scale={durationScale(longest)}
        value={seconds()}
        mixed={props.clip.duration === null ? text('nested.asContent') : undefined}
        onCommit={setLength}
      />
      <MarkerChoice
        label={text('nested.from')}
        none={text('nested.zero')}
        markers={markers()}
        value={props.clip.start_marker_id}
        onChange={(id) => props.set({ start_marker_id: id || null })}
      />
      <MarkerChoice
        label={text('nested.to')}
        none={text('nested.end')}
        markers={markers()}
        value={props.clip.end_marker_id}
        onChange={(id) => props.set({ end_marker_id: id || null })}
      />
      <MarkerChoice
        label={text('nested.loopFrom')}
        none={text('nested.noLoop')}
        markers={markers()}
        value={loop()?.start_marker_id ?? null}
        onChange={(id) => setLoop('start_marker_id', id)}
      />
      <MarkerChoice
        label={text('nested.loopTo')}
        none={text('nested.noLoop')}
        markers={markers()}
        value={loop()?.end_marker_id ?? null}
        onChange={(id) => setLoop('end_marker_id', id)}
      />
      <Segmented
        label={text('nested.tempo')}
        options={[
          { value: 'own', label: text('nested.ownTempo') },
          { value: 'parent', label: text('nested.parentTempo') },
        ]}
        value={props.clip.tempo}
        onChange={(tempo) => props.set({ tempo })}
      />
    </>
  );
}

interface MarkerChoiceProps {
  readonly label: string;
  readonly none: string;
  readonly markers: readonly TimelineMarkerAtome[];
  readonly value: string | null;
  readonly onChange: (id: string) => void;
}

function MarkerChoice(props: MarkerChoiceProps): JSX.Element {
  return (
    <label class="marker-choice">
      <span>{props.label}</span>
      <select aria-label={props.label} onChange={(event) => props.onChange(event.currentTarget.value)}>
        <option value="" selected={props.value === null}>
          {props.none}
        </option>
        <For each={props.markers}>
          {(marker) => (
            <option value={marker.id} selected={marker.id === props.value}>
              {marker.name}
            </option>
          )}
        </For>
      </select>
    </label>
  );
}
