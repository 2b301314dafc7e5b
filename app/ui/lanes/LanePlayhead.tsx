// The playhead's line through a lane.
import { createEffect, type JSX, onCleanup, onMount, untrack } from 'solid-js';
import { timeToX } from '../../editor/viewport.ts';
import { onFrame } from '../frame-loop.ts';
import type { TimelineModel } from '../timeline/model.ts';

export function LanePlayhead(props: { readonly model: TimelineModel }): JSX.Element {
  const line = (<div class="lane-playhead" aria-hidden="true" />) as HTMLDivElement;
  const { model } = props;
  const place = (): void => {
    const view = untrack(model.view);
    const x = timeToX(view, untrack(model.preview)?.playhead ?? model.playhead());
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
      if (model.isPlaying()) onCleanup(onFrame(place));
    });
  });
  return line;
}
