// How far long work has come, with its words.
import type { JSX } from 'solid-js';

export function Progress(props: { readonly label: string; readonly fraction: number }): JSX.Element {
  return (
    <div
      class="progress"
      role="progressbar"
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(props.fraction * 100)}
    >
      <span class="progress-bar" style={{ transform: `scaleX(${props.fraction})` }} />
    </div>
  );
}
