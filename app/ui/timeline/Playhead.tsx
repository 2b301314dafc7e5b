// The playhead: an element of its own, moved by the compositor alone, and the page that turns under it.
import { createEffect, type JSX, onCleanup, onMount, untrack } from 'solid-js';
import { reveal, timeToX } from '../../editor/viewport.ts';
import { onFrame } from '../frame-loop.ts';
import { followPlayhead } from '../selection.ts';
import type { TimelineModel } from './model.ts';

export function Playhead(props: { readonly model: TimelineModel }): JSX.Element {
  const line = (
    <div class="timeline-playhead" aria-hidden="true">
      <span class="timeline-playhead-handle" />
    </div>
  ) as HTMLDivElement;
  const { model } = props;

  const place = (): void => {
    const view = untrack(model.view);
    const time = untrack(model.preview)?.playhead ?? model.playhead();
    const x = timeToX(view, time);
    line.hidden = x < -1 || x > view.width + 1;
    line.style.transform = `translateX(${Math.round(x)}px)`;
  };

  createEffect(() => {
    model.view();
    model.preview();
    model.scene();
    void model.client.state.timelines[model.timelineId()]?.position;
    place();
  });
  onMount(() => {
    createEffect(() => {
      if (!model.isPlaying()) return;
      const end = onFrame(() => {
        if (untrack(followPlayhead) && !untrack(model.preview)) {
          const view = untrack(model.view);
          const next = reveal(view, model.playhead());
          if (next !== view) model.setView(next);
        }
        place();
      });
      onCleanup(end);
    });
  });
  return line;
}
