// A slim horizontal fader with a thumb; the same gestures as a knob, along x.
import type { JSX } from 'solid-js';
import type { ValueScale } from './scales.ts';
import { createValueGesture } from './value-gesture.ts';

export interface FaderProps {
  readonly label: string;
  readonly scale: ValueScale;
  readonly value: number;
  readonly onCommit: (value: number) => void;
  /** Hears every value while the thumb moves. */
  readonly onMove?: (value: number) => void;
  /** Whatever was under way is over. */
  readonly onEnd?: () => void;
  /** Whatever was under way is given up, for the value before. */
  readonly onCancel?: (before: number) => void;
}

export function Fader(props: FaderProps): JSX.Element {
  const gesture = createValueGesture({
    scale: () => props.scale,
    value: () => props.value,
    commit: (value) => props.onCommit(value),
    follow: (value) => props.onMove?.(value),
    ended: () => props.onEnd?.(),
    cancelled: (before) => props.onCancel?.(before),
    axis: 'x',
    travel: 120,
  });
  const words = (): string => props.scale.print(gesture.shown());

  return (
    <div
      class="fader"
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={props.scale.minimum}
      aria-valuemax={props.scale.maximum}
      aria-valuenow={gesture.shown()}
      aria-valuetext={words()}
      title={`${props.label}: ${words()}`}
      data-active={gesture.active() ? '' : undefined}
      onPointerDown={gesture.pointerDown}
      on:wheel={{ handleEvent: gesture.wheel, passive: false }}
      onKeyDown={gesture.keyDown}
      onKeyUp={gesture.keyUp}
      onBlur={gesture.keyUp}
      onDblClick={gesture.reset}
    >
      <span class="fader-track" />
      <span class="fader-thumb" style={{ left: `${props.scale.toFraction(gesture.shown()) * 100}%` }} />
      <span class="fader-value" aria-hidden="true">
        {words()}
      </span>
    </div>
  );
}
