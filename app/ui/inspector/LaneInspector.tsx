// A lane: its name and colour, what happens when one of its clips ends, and what it was before.
import { type JSX, lazy, Suspense } from 'solid-js';
import type { GroupAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { NameField } from '../controls/NameField.tsx';
import { text } from '../text.ts';
import { ColorChoice } from './ColorChoice.tsx';

const FollowActions = lazy(async () => ({ default: (await import('../follow/FollowActions.tsx')).FollowActions }));
const VersionHistory = lazy(async () => ({ default: (await import('../versions/VersionHistory.tsx')).VersionHistory }));

export function LaneInspector(props: { readonly lane: GroupAtome }): JSX.Element {
  const client = useClient();
  const set = (properties: Readonly<Record<string, unknown>>): void =>
    void client.run({ cmd: 'SET_OBJECT', id: props.lane.id, properties });
  return (
    <>
      <NameField
        class="inspector-name"
        label={text('lane.name')}
        value={props.lane.name}
        onCommit={(name) => set({ name })}
      />
      <ColorChoice value={props.lane.color} onChange={(color) => set({ color })} />
      <Suspense>
        <FollowActions scope="group" targetId={props.lane.id} timelineId={props.lane.timeline_id} />
        <VersionHistory objectId={props.lane.id} />
      </Suspense>
    </>
  );
}
