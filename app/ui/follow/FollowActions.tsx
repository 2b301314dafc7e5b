// What happens when a clip, a clip of a lane or a timeline has ended: sentences whose words are chosen.
import Plus from 'lucide-solid/icons/plus';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { TimelineFollowAction } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { text } from '../text.ts';
import { FollowSentence } from './FollowSentence.tsx';
import { actionsOf, followChoices } from './follow-choices.ts';
import './follow.css';

export interface FollowActionsProps {
  readonly scope: TimelineFollowAction['scope'];
  readonly targetId: string;
  /** The timeline whose playhead it is about. */
  readonly timelineId: string;
}

export function FollowActions(props: FollowActionsProps): JSX.Element {
  const client = useClient();
  const ids = createMemo(() => actionsOf(client.state, props.targetId).map(({ id }) => id));
  const choices = createMemo(() => followChoices(client.state, props.timelineId));
  const add = (): void =>
    void client.run({
      cmd: 'ADD_FOLLOW_ACTION',
      scope: props.scope,
      target_id: props.targetId,
      action_type: 'PlayNextClip',
    });
  return (
    <section class="follow" aria-label={text('follow.title')}>
      <div class="inspector-head">
        <h2 class="inspector-heading">{text('follow.title')}</h2>
        <button
          type="button"
          class="icon-button"
          aria-label={text('follow.add')}
          title={text('follow.add')}
          onClick={add}
        >
          <Plus size={14} />
        </button>
      </div>
      <Show when={ids().length > 0} fallback={<p class="inspector-note">{text('follow.none')}</p>}>
        <ol class="follow-list">
          <For each={ids()}>{(id) => <FollowSentence id={id} choices={choices()} timelineId={props.timelineId} />}</For>
        </ol>
      </Show>
    </section>
  );
}
