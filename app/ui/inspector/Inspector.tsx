// The right panel: what is selected.
import { createMemo, type JSX, lazy, Show, Suspense } from 'solid-js';
import type { AudioClipAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { selectedIds } from '../selection.ts';
import { activeTimeline, objectOf } from '../session-view.ts';
import { text } from '../text.ts';
import { ClipInspector } from './ClipInspector.tsx';
import { SelectionHints } from './SelectionHints.tsx';

/** Loaded when such a clip is first selected. */
const EventInspector = lazy(async () => ({ default: (await import('./EventInspector.tsx')).EventInspector }));
const LaneInspector = lazy(async () => ({ default: (await import('./LaneInspector.tsx')).LaneInspector }));
const FollowActions = lazy(async () => ({ default: (await import('../follow/FollowActions.tsx')).FollowActions }));
const PlacedInspector = lazy(async () => ({ default: (await import('./PlacedInspector.tsx')).PlacedInspector }));

/** A lane, an event, or nothing: then how clips are worked with, and what happens at the timeline's end. */
function Others(): JSX.Element {
  const client = useClient();
  const lane = () => {
    const [id, ...more] = selectedIds();
    return more.length > 0 ? undefined : objectOf(client.state, 'GroupAtome', id);
  };
  const event = () => {
    const [id, ...more] = selectedIds();
    return more.length > 0 ? undefined : objectOf(client.state, 'TimelineEventAtome', id);
  };
  const eventTimeline = () => objectOf(client.state, 'TimelineAtome', event()?.timeline_id);
  const timelineId = createMemo(() => activeTimeline(client.state)?.id);
  return (
    <Suspense>
      <Show when={eventTimeline()}>
        {(timeline) => (
          <Show when={event()}>{(shown) => <EventInspector event={shown()} timeline={timeline()} />}</Show>
        )}
      </Show>
      <Show
        when={lane()}
        fallback={
          <Show when={!event()}>
            <SelectionHints />
            <Show when={timelineId()} keyed>
              {(id) => <FollowActions scope="timeline" targetId={id} timelineId={id} />}
            </Show>
          </Show>
        }
      >
        {(shown) => <LaneInspector lane={shown()} />}
      </Show>
    </Suspense>
  );
}

export function Inspector(): JSX.Element {
  const client = useClient();
  const clips = createMemo(() =>
    [...selectedIds()]
      .map((id) => objectOf(client.state, 'AudioClipAtome', id))
      .filter((clip): clip is AudioClipAtome => clip !== undefined),
  );
  const timeline = () => (clips().length > 0 ? activeTimeline(client.state) : undefined);
  const file = () => {
    const [first] = clips();
    return clips().length === 1 ? objectOf(client.state, 'AudioFileAtome', first?.audio_file_id) : undefined;
  };
  /** A single nested timeline or action clip. */
  const placed = () => {
    const [id, ...more] = selectedIds();
    if (more.length > 0) return undefined;
    return objectOf(client.state, 'TimelineClipAtome', id) ?? objectOf(client.state, 'ActionClipAtome', id);
  };
  const placedOn = () => objectOf(client.state, 'TimelineAtome', placed()?.timeline_id);
  return (
    <section class="inspector" aria-label={text('panel.inspector')}>
      <Show
        when={timeline()}
        fallback={
          <Show when={placedOn()} fallback={<Others />}>
            {(shown) => (
              <Suspense>
                <Show when={placed()}>{(clip) => <PlacedInspector clip={clip()} timeline={shown()} />}</Show>
              </Suspense>
            )}
          </Show>
        }
      >
        {(shown) => <ClipInspector clips={clips()} timeline={shown()} file={file()} />}
      </Show>
    </section>
  );
}
