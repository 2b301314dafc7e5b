// One follow action as a sentence: "When this clip ends, then go on with the next clip, every time."
import EyeOff from 'lucide-solid/icons/eye-off';
import Trash from 'lucide-solid/icons/trash';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { FollowActionType, FollowParams, TimelineFollowAction } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { objectOf } from '../session-view.ts';
import { type MessageKey, text } from '../text.ts';
import { type FollowChoices, followTypes, paramsFor } from './follow-choices.ts';

const endings: Readonly<Record<TimelineFollowAction['scope'], MessageKey>> = {
  clip: 'follow.clipEnds',
  group: 'follow.groupEnds',
  timeline: 'follow.timelineEnds',
};

/** How often an action may fire; 0 stands for always. */
const counts = [0, 1, 2, 3, 4, 6, 8, 16] as const;

interface FollowSentenceProps {
  readonly id: string;
  readonly choices: FollowChoices;
  readonly timelineId: string;
}

export function FollowSentence(props: FollowSentenceProps): JSX.Element {
  const client = useClient();
  const action = (): TimelineFollowAction | undefined => objectOf(client.state, 'TimelineFollowAction', props.id);
  const params = (): FollowParams => action()?.params ?? {};
  const set = (properties: Readonly<Record<string, unknown>>): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.id, properties });

  /** Sets a parameter; undefined leaves it out. */
  const setParam = (changed: { readonly [Name in keyof FollowParams]?: FollowParams[Name] | undefined }): void => {
    const next = Object.entries({ ...params(), ...changed }).filter(([, value]) => value !== undefined);
    set({ params: Object.fromEntries(next) });
  };
  const become = (type: FollowActionType): void => {
    const next = paramsFor(type, params(), props.choices, props.timelineId);
    if (next) set({ action_type: type, params: next });
  };
  const canBe = (type: FollowActionType): boolean =>
    paramsFor(type, params(), props.choices, props.timelineId) !== undefined;

  return (
    <Show when={action()}>
      {(shown) => (
        <li class="follow-sentence" data-muted={shown().muted ? '' : undefined}>
          <span class="follow-word">{text('follow.trigger')}</span>
          <Choice
            label={text('follow.trigger')}
            value={params().trigger_marker_id ?? ''}
            options={[
              { value: '', label: text(endings[shown().scope]) },
              ...props.choices.markers.map(({ id, name }) => ({
                value: id,
                label: text('follow.markerReached', { name }),
              })),
            ]}
            onChange={(id) => setParam({ trigger_marker_id: id || undefined })}
          />
          <span class="follow-word">{text('follow.action')}</span>
          <Choice
            label={text('follow.action')}
            value={shown().action_type}
            options={typesOffered(shown()).map((type) => ({
              value: type,
              label: text(shown().scope === 'timeline' ? ofTimeline(type) : `follow.${type}`),
              disabled: type !== shown().action_type && !canBe(type),
            }))}
            onChange={(type) => become(type as FollowActionType)}
          />
          <Switch>
            <Match when={shown().action_type === 'JumpToMarker'}>
              <Choice
                label={text('follow.marker')}
                value={params().marker_id ?? ''}
                options={props.choices.markers.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(id) => setParam({ marker_id: id })}
              />
            </Match>
            <Match when={shown().action_type === 'PlayTimeline' || shown().action_type === 'StopTimeline'}>
              <Choice
                label={text('follow.timeline')}
                value={params().timeline_id ?? props.timelineId}
                options={props.choices.timelines.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(id) => setParam({ timeline_id: id, marker_id: undefined })}
              />
            </Match>
            <Match when={shown().action_type === 'TriggerActionClip'}>
              <Choice
                label={text('follow.actionClip')}
                value={params().action_clip_id ?? ''}
                options={props.choices.actionClips.map(({ id, name }) => ({ value: id, label: name }))}
                onChange={(id) => setParam({ action_clip_id: id })}
              />
            </Match>
            <Match when={shown().action_type === 'RandomClipInGroup'}>
              <span class="follow-word">{text('follow.ofLane')}</span>
              <Choice
                label={text('follow.ofLane')}
                value={params().group_id ?? ''}
                options={[
                  { value: '', label: text(shown().scope === 'timeline' ? 'follow.allLanes' : 'follow.ownLane') },
                  ...props.choices.groups.map(({ id, name }) => ({ value: id, label: name })),
                ]}
                onChange={(id) => setParam({ group_id: id || undefined })}
              />
              <Seed value={params().seed} onChange={(seed) => setParam({ seed })} />
            </Match>
          </Switch>
          <Choice
            label={text('follow.times')}
            value={String(params().times ?? 0)}
            options={timesOffered(params().times).map((count) => ({
              value: String(count),
              label: timesText(count),
            }))}
            onChange={(count) => setParam({ times: Number(count) || undefined })}
          />
          <span class="follow-tools">
            <IconButton
              label={text('follow.mute')}
              pressed={shown().muted}
              onClick={() => set({ muted: !shown().muted })}
            >
              <EyeOff size={14} />
            </IconButton>
            <IconButton
              label={text('follow.remove')}
              onClick={() => void client.run({ cmd: 'REMOVE_OBJECT', id: props.id })}
            >
              <Trash size={14} />
            </IconButton>
          </span>
        </li>
      )}
    </Show>
  );
}

/** At its end a timeline has no clip to repeat, and all of them come next. */
const ofTimeline = (type: FollowActionType) =>
  type === 'PlayNextClip' ? 'follow.firstClip' : (`follow.${type}` as const);

const typesOffered = ({ scope, action_type }: TimelineFollowAction): readonly FollowActionType[] =>
  followTypes.filter((type) => type !== 'LoopClip' || scope !== 'timeline' || type === action_type);

function timesText(count: number): string {
  if (count === 0) return text('follow.always');
  return count === 1 ? text('follow.once') : text('follow.onlyTimes', { count });
}

const timesOffered = (times: number | undefined): number[] =>
  [...new Set<number>([...counts, times ?? 0])].sort((a, b) => a - b);

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: string) => void;
}

function Choice(props: ChoiceProps): JSX.Element {
  return (
    <select
      class="follow-choice"
      aria-label={props.label}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      <For each={props.options}>
        {(option) => (
          <option value={option.value} selected={option.value === props.value} disabled={option.disabled}>
            {option.label}
          </option>
        )}
      </For>
    </select>
  );
}

/** A whole number, or nothing for the action's own. */
function Seed(props: { readonly value: number | undefined; readonly onChange: (seed: number | undefined) => void }) {
  return (
    <input
      class="follow-seed"
      type="number"
      min="0"
      max="4294967295"
      step="1"
      aria-label={text('follow.seed')}
      title={text('follow.seed')}
      placeholder="∿"
      value={props.value ?? ''}
      onChange={(event) => {
        const typed = event.currentTarget.valueAsNumber;
        props.onChange(Number.isInteger(typed) && typed >= 0 && typed <= 0xffffffff ? typed : undefined);
      }}
      onKeyDown={(event) => event.stopPropagation()}
    />
  );
}
