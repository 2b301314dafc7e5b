// A knob: drag up and down, Shift for fine, wheel, arrows, double click for the default, or type the value.
import type { JSX } from 'solid-js';
import type { ValueScale } from './scales.ts';
import { ValueText } from './ValueText.tsx';
import { createValueGesture } from './value-gesture.ts';

export interface KnobProps {
  readonly label: string;
  readonly scale: ValueScale;
  readonly value: number;
  /** Shown instead of the value where several selected things differ. */
  readonly mixed?: string | undefined;
  /** The arc begins here, as a fraction of the way; 0.5 for pan. Default 0. */
  readonly origin?: number;
  readonly onCommit: (value: number) => void;
  /** Hears every value on the way. */
  readonly onMove?: (value: number) => void;
  /** Whatever was under way is over. */
  readonly onEnd?: () => void;
  /** Whatever was under way is given up, for the value before. */
  readonly onCancel?: (before: number) => void;
}

const sweep = 75;

export function Knob(props: KnobProps): JSX.Element {
  const gesture = createValueGesture({
    scale: () => props.scale,
    value: () => props.value,
    commit: (value) => props.onCommit(value),
    follow: (value) => props.onMove?.(value),
    ended: () => props.onEnd?.(),
    cancelled: (before) => props.onCancel?.(before),
  });
  const fraction = (): number => props.scale.toFraction(gesture.shown());
  const isMixed = (): boolean => props.mixed !== undefined && !gesture.active();
  const words = (): string => (isMixed() ? (props.mixed ?? '') : props.scale.print(gesture.shown()));
  const from = (): number => Math.min(fraction(), props.origin ?? 0);
  const length = (): number => Math.abs(fraction() - (props.origin ?? 0));

  return (
    <div class="knob" data-active={gesture.active() ? '' : undefined} data-mixed={isMixed() ? '' : undefined}>
      <div
        class="knob-dial"
        role="slider"
        tabIndex={0}
        aria-label={props.label}
        aria-valuemin={props.scale.minimum}
        aria-valuemax={props.scale.maximum}
        aria-valuenow={gesture.shown()}
        aria-valuetext={words()}
        onPointerDown={gesture.pointerDown}
        on:wheel={{ handleEvent: gesture.wheel, passive: false }}
        onKeyDown={gesture.keyDown}
        onKeyUp={gesture.keyUp}
        onBlur={gesture.keyUp}
        onDblClick={gesture.reset}
      >
        <svg viewBox="0 0 40 40" aria-hidden="true">
          <circle
            class="knob-track"
            cx="20"
            cy="20"
            r="16"
            pathLength="100"
            stroke-dasharray={`${sweep} 100`}
            transform="rotate(135 20 20)"
          />
          <circle
            class="knob-arc"
            cx="20"
            cy="20"
            r="16"
            pathLength="100"
            stroke-dasharray={`${length() * sweep} 100`}
            transform={`rotate(${135 + from() * 270} 20 20)`}
          />
          <line
            class="knob-pointer"
            x1="20"
            y1="20"
            x2="20"
            y2="9"
            transform={`rotate(${fraction() * 270 - 135} 20 20)`}
          />
        </svg>
      </div>
      <span class="knob-label">{props.label}</span>
      <ValueText label={props.label} value={words()} onType={gesture.type} />
    </div>
  );
}
