// Where the playhead is, in bars and in time, sixty times a second without signals; a click lets one type a place.
import { createEffect, createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { useClient } from '../client.ts';
import { clockText, parseTime } from '../controls/time-text.ts';
import { onFrame } from '../frame-loop.ts';
import { activeTempoMap, activeTimeline } from '../session-view.ts';
import { text } from '../text.ts';
import { barText, parseBars } from './position-text.ts';

export function Position(): JSX.Element {
  const client = useClient();
  const [editing, setEditing] = createSignal(false);

  const keyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }): void => {
    event.stopPropagation();
    if (event.key === 'Escape') setEditing(false);
    if (event.key !== 'Enter') return;
    const typed = event.currentTarget.value;
    const map = activeTempoMap(client.state);
    const timeline = activeTimeline(client.state);
    if (!map || !timeline) return;
    const seconds = typed.includes(':') || /[a-z]/i.test(typed) ? parseTime(typed) : parseBars(map, typed);
    event.preventDefault();
    if (seconds === undefined) {
      event.currentTarget.setAttribute('aria-invalid', 'true');
      return;
    }
    setEditing(false);
    void client.run({ cmd: 'TIMELINE_SEEK', timeline_id: timeline.id, to: Math.max(0, map.fromSeconds(seconds)) });
  };

  return (
    <div class="position">
      <Show when={editing()} fallback={<PositionDisplay onEdit={() => setEditing(true)} />}>
        <input
          type="text"
          class="position-input"
          aria-label={text('transport.goTo')}
          placeholder="5.1 · 0:08"
          ref={(input) => queueMicrotask(() => input.focus())}
          onKeyDown={keyDown}
          onBlur={() => setEditing(false)}
        />
      </Show>
    </div>
  );
}

function PositionDisplay(props: { readonly onEdit: () => void }): JSX.Element {
  const client = useClient();
  const bars = document.createTextNode('001.1.00');
  const clock = document.createTextNode('0:00.000');
  const write = (node: Text, words: string): void => {
    if (node.data !== words) node.data = words;
  };
  createEffect(() => {
    const timeline = activeTimeline(client.state);
    const map = activeTempoMap(client.state);
    if (!timeline || !map) return;
    const stop = onFrame(() => {
      const { seconds } = client.features.position(timeline.id);
      write(bars, barText(map, Math.max(0, seconds)));
      write(clock, clockText(Math.max(0, seconds)));
    });
    onCleanup(stop);
  });
  return (
    <button
      type="button"
      class="position-display"
      aria-label={text('transport.goTo')}
      title={text('transport.goTo')}
      onClick={props.onEdit}
    >
      <span class="position-bars">{bars}</span>
      <span class="position-clock">{clock}</span>
    </button>
  );
}
