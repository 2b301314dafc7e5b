// The timeline for keyboards and screen readers: a grid of lanes and clips, of which only those near the focus exist.
import { createMemo, createSignal, For, type JSX, onMount } from 'solid-js';
import type { SceneClip } from '../../editor/scene.ts';
import { stretchMark } from '../../editor/stretch-text.ts';
import { formatTime } from '../../editor/time-grid.ts';
import { reveal } from '../../editor/viewport.ts';
import { afterPaint } from '../after-paint.ts';
import { select, selectedIds, toggleSelected } from '../selection.ts';
import { text } from '../text.ts';
import { moveFocus } from './grid-focus.ts';
import type { TimelineModel } from './model.ts';

/** Rows and cells kept around the focus. */
const kept = { rows: 12, cells: 24 };

function wordsFor(clip: SceneClip): string {
  const words = text('clip.cell', { name: clip.name, start: formatTime(clip.start), end: formatTime(clip.end) });
  const after = clip.sign === undefined ? '' : `, ${text('follow.title')} ${clip.sign}`;
  const mark = stretchMark(clip);
  const state = [
    mark && text('clip.stretched', { mark }),
    clip.frozen && text('clip.frozen'),
    clip.silent && text('clip.silent'),
  ].filter(Boolean);
  return [words, ...state].join(', ') + after;
}

export function ClipGrid(props: { readonly model: TimelineModel }): JSX.Element {
  const scene = () => props.model.scene();
  let grid: HTMLTableElement | undefined;
  // Nobody sees it: the picture comes first.
  const [filled, setFilled] = createSignal(false);
  onMount(() => void afterPaint().then(() => setFilled(true)));

  /** The one clip that Tab reaches: the focused, else a selected, else the first one. */
  const current = createMemo((): SceneClip | undefined => {
    const [selected] = selectedIds();
    const chosen = scene().clips.get(props.model.focusedClip() ?? selected ?? '');
    return chosen ?? scene().lanes.find((lane) => lane.clips.items.length > 0)?.clips.items[0];
  });
  const rows = createMemo((): number[] => {
    if (!filled()) return [];
    const first = Math.max(0, (current()?.lane ?? 0) - kept.rows / 2);
    const end = Math.min(scene().lanes.length, first + kept.rows);
    return Array.from({ length: end - first }, (_, index) => first + index);
  });
  const cellsOf = (lane: number): string[] => {
    const clips = scene().lanes[lane]?.clips;
    if (!clips) return [];
    const middle = clips.nearest(current()?.start ?? 0);
    const first = Math.max(0, middle - kept.cells / 2);
    return clips.items.slice(first, first + kept.cells).map((clip) => clip.id);
  };
  const columnOf = (lane: number, id: string): number =>
    2 + (scene().lanes[lane]?.clips.items.findIndex((clip) => clip.id === id) ?? 0);

  const wordsOf = (id: string): string => {
    const clip = scene().clips.get(id);
    return clip ? wordsFor(clip) : '';
  };
  const takeFocus = (target: EventTarget): void => {
    const id = target instanceof HTMLElement ? target.dataset.clip : undefined;
    const clip = id === undefined ? undefined : scene().clips.get(id);
    if (!clip) return;
    props.model.setFocusedClip(clip.id);
    props.model.setView(reveal(props.model.view(), clip.start));
  };
  const pressKey = (event: KeyboardEvent): void => {
    const clip = current();
    if (!clip || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = moveFocus(scene(), clip, event.key);
    if (next) {
      props.model.setFocusedClip(next.id);
      grid?.querySelector<HTMLElement>(`[data-clip="${next.id}"]`)?.focus({ preventScroll: true });
    } else if (event.key === 'Enter') {
      if (event.shiftKey) toggleSelected(clip.id);
      else select([clip.id]);
      props.model.announce(text('clip.selected', { name: clip.name, count: selectedIds().size }));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <table
      ref={(element) => {
        grid = element;
      }}
      id={props.model.gridId}
      class="timeline-grid"
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table with arrow keys is a grid (WAI-ARIA APG).
      role="grid"
      tabIndex={-1}
      aria-label={text('view.timeline')}
      aria-multiselectable="true"
      aria-rowcount={scene().lanes.length}
      onFocusIn={(event) => takeFocus(event.target)}
      onFocusOut={() => props.model.setFocusedClip(undefined)}
      onKeyDown={pressKey}
    >
      <tbody>
        <For each={rows()}>
          {(lane) => (
            <tr aria-rowindex={lane + 1}>
              <th scope="row">{scene().lanes[lane]?.group?.name ?? text('lane.ungrouped')}</th>
              <For each={cellsOf(lane)}>
                {(id) => (
                  <td
                    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of that grid.
                    role="gridcell"
                    data-clip={id}
                    tabIndex={current()?.id === id ? 0 : -1}
                    aria-colindex={columnOf(lane, id)}
                    aria-selected={selectedIds().has(id)}
                  >
                    {wordsOf(id)}
                  </td>
                )}
              </For>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  );
}
