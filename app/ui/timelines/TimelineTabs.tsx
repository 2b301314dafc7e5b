// The project's timelines as tabs, and the way into those that play inside them.
import Play from 'lucide-solid/icons/play';
import Plus from 'lucide-solid/icons/plus';
import Rows from 'lucide-solid/icons/rows-2';
import Square from 'lucide-solid/icons/square';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { TimelineAtome } from '../../protocol/kinds.ts';
import { useClient } from '../client.ts';
import { NameField } from '../controls/NameField.tsx';
import { objectOf, objectsOf } from '../session-view.ts';
import { text } from '../text.ts';
import {
  goOutTo,
  isSplit,
  type Pane,
  shownTrail,
  showTimeline,
  timelineDragType,
  toggleSplit,
} from './shown-timeline.ts';
import './timelines.css';

export function TimelineTabs(props: { readonly pane: Pane }): JSX.Element {
  const client = useClient();
  const [renaming, setRenaming] = createSignal<string>();
  const trail = createMemo(() => shownTrail(client.state, props.pane));
  /** Those of files are shown while somebody looks at them. */
  const timelines = createMemo((): readonly string[] => {
    const ofFiles = new Set(objectsOf(client.state, 'AudioRefTimelineAtome').map(({ timeline_id }) => timeline_id));
    return objectsOf(client.state, 'TimelineAtome')
      .filter(({ project_id }) => project_id === client.state.activeProjectId)
      .map(({ id }) => id)
      .filter((id) => !ofFiles.has(id) || trail()[0] === id);
  });
  const timeline = (id: string): TimelineAtome | undefined => objectOf(client.state, 'TimelineAtome', id);

  async function add(): Promise<void> {
    const template = timeline(trail()[0] ?? '');
    const reply = await client.run({
      cmd: 'CREATE_TIMELINE',
      name: text('timelines.name', { number: timelines().length + 1 }),
      type: 'audio',
      timebase: template?.timebase ?? 'beats',
      bpm: template?.tempo_segments[0]?.bpm ?? 120,
      time_signature: template?.tempo_segments[0]?.time_signature ?? '4/4',
    });
    const [id] = reply.ok ? (reply.created ?? []) : [];
    if (id !== undefined) showTimeline(id, props.pane);
  }

  const isPlaying = (id: string): boolean => client.state.timelines[id]?.playing === true;

  async function playOrStop(id: string): Promise<void> {
    if (isPlaying(id)) {
      await client.run({ cmd: 'TIMELINE_STOP', timeline_id: id });
      return;
    }
    await client.startSound();
    await client.run({ cmd: 'TIMELINE_PLAY', timeline_id: id });
  }

  const remove = (id: string): void => void client.run({ cmd: 'REMOVE_OBJECT', id });

  const move = (event: KeyboardEvent & { currentTarget: HTMLElement }): void => {
    if (event.target instanceof HTMLInputElement) return;
    const all = timelines();
    const at = all.indexOf(trail()[0] ?? '');
    const by = { ArrowLeft: -1, ArrowRight: 1, Home: -at, End: all.length - 1 - at }[event.key];
    const next = by === undefined ? undefined : all[(at + by + all.length) % all.length];
    if (next === undefined) {
      if (event.key === 'F2') setRenaming(all[at]);
      else return;
    } else showTimeline(next, props.pane);
    event.preventDefault();
    event.stopPropagation();
    event.currentTarget.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  };

  return (
    <div class="timeline-tabs">
      <div class="timeline-tablist" role="tablist" aria-label={text('timelines.title')} onKeyDown={move}>
        <For each={timelines()}>
          {(id) => (
            <div class="timeline-tab" role="presentation" data-shown={trail()[0] === id ? '' : undefined}>
              <Show
                when={renaming() === id}
                fallback={
                  <button
                    type="button"
                    role="tab"
                    class="timeline-tab-name"
                    aria-selected={trail()[0] === id}
                    tabIndex={trail()[0] === id ? 0 : -1}
                    title={text('timelines.hint')}
                    draggable={true}
                    onDragStart={(event) => event.dataTransfer?.setData(timelineDragType, id)}
                    onClick={() => showTimeline(id, props.pane)}
                    onDblClick={() => setRenaming(id)}
                  >
                    <Show when={client.state.timelines[id]?.playing}>
                      <span class="timeline-playing" role="img" aria-label={text('timelines.playing')} />
                    </Show>
                    {timeline(id)?.name}
                  </button>
                }
              >
                <div
                  class="timeline-tab-rename"
                  ref={(element) => queueMicrotask(() => element.querySelector('input')?.select())}
                  onFocusOut={() => setRenaming(undefined)}
                >
                  <NameField
                    label={text('timelines.rename')}
                    value={timeline(id)?.name ?? ''}
                    onCommit={(name) => void client.run({ cmd: 'SET_OBJECT', id, properties: { name } })}
                  />
                </div>
              </Show>
            </div>
          )}
        </For>
      </div>
      <Show when={timelines().length > 1 && trail()[0]}>
        {(id) => (
          <button
            type="button"
            class="icon-button timeline-remove"
            aria-label={text('timelines.remove', { name: timeline(id())?.name ?? '' })}
            title={text('timelines.remove', { name: timeline(id())?.name ?? '' })}
            onClick={() => remove(id())}
          >
            <X size={14} />
          </button>
        )}
      </Show>
      <button
        type="button"
        class="icon-button"
        aria-label={text('timelines.add')}
        title={text('timelines.add')}
        onClick={() => void add()}
      >
        <Plus size={14} />
      </button>
      <Show when={props.pane === 0}>
        <button
          type="button"
          class="icon-button desk-only"
          aria-label={text('timelines.split')}
          title={text('timelines.split')}
          aria-pressed={isSplit()}
          onClick={() => toggleSplit(client.state)}
        >
          <Rows size={14} />
        </button>
      </Show>
      <Show when={isSplit() && trail().at(-1)}>
        {(id) => (
          <button
            type="button"
            class="icon-button"
            aria-label={text(isPlaying(id()) ? 'timelines.stop' : 'timelines.play', {
              name: timeline(id())?.name ?? '',
            })}
            title={text(isPlaying(id()) ? 'timelines.stop' : 'timelines.play', { name: timeline(id())?.name ?? '' })}
            onClick={() => void playOrStop(id())}
          >
            <Show when={isPlaying(id())} fallback={<Play size={14} />}>
              <Square size={14} />
            </Show>
          </button>
        )}
      </Show>
      <Show when={trail().length > 1}>
        <nav class="breadcrumb" aria-label={text('timelines.way')}>
          <For each={trail()}>
            {(id, place) => (
              <>
                <Show when={place() > 0}>
                  <span aria-hidden="true">›</span>
                </Show>
                <button
                  type="button"
                  class="crumb"
                  aria-current={place() === trail().length - 1 ? 'location' : undefined}
                  onClick={() => goOutTo(client.state, place(), props.pane)}
                >
                  {timeline(id)?.name}
                </button>
              </>
            )}
          </For>
        </nav>
      </Show>
    </div>
  );
}
