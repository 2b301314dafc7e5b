// A square to be dragged in: across is the first value, up the second. Keys have a fader for each beside it.
import { createSignal, type JSX } from 'solid-js';
import { clamp } from '../../core/units.ts';

type Point = readonly [across: number, up: number];

export interface XyPadProps {
  readonly label: string;
  readonly value: Point;
  readonly onCommit: (across: number, up: number) => void;
}

export function XyPad(props: XyPadProps): JSX.Element {
  const [dragged, setDragged] = createSignal<Point>();
  const shown = (): Point => dragged() ?? props.value;
  const move = (event: PointerEvent & { currentTarget: HTMLElement }): void => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    setDragged([clamp((event.clientX - left) / width, 0, 1), clamp(1 - (event.clientY - top) / height, 0, 1)]);
  };
  const end = (): void => {
    const point = dragged();
    setDragged(undefined);
    if (point) props.onCommit(...point);
  };
  return (
    <div
      class="xy-pad"
      aria-hidden="true"
      title={props.label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        move(event);
      }}
      onPointerMove={(event) => dragged() && move(event)}
      onPointerUp={end}
      onPointerCancel={() => setDragged(undefined)}
    >
      <span class="xy-point" style={{ left: `${shown()[0] * 100}%`, bottom: `${shown()[1] * 100}%` }} />
    </div>
  );
}
