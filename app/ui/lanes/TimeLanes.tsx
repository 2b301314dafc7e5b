// The lanes above the ruler: markers, tempo, events; each takes its room at once and is loaded when it is unfolded.
import './lanes.css';
import { For, type JSX, lazy, Show, Suspense } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { TimelineModel } from '../timeline/model.ts';
import { isUnfolded, timeLanes } from './lane-folds.ts';

const lanes = {
  markers: lazy(async () => ({ default: (await import('./MarkerLane.tsx')).MarkerLane })),
  tempo: lazy(async () => ({ default: (await import('./TempoLane.tsx')).TempoLane })),
  events: lazy(async () => ({ default: (await import('./EventLane.tsx')).EventLane })),
} as const;

export function TimeLanes(props: { readonly model: TimelineModel }): JSX.Element {
  return (
    <For each={timeLanes}>
      {(name) => (
        <Show when={isUnfolded(name)}>
          <div class={`time-lane time-lane-${name}`}>
            <Suspense>
              <Dynamic component={lanes[name]} model={props.model} />
            </Suspense>
          </div>
        </Show>
      )}
    </For>
  );
}
