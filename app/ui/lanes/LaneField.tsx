// What is written on something in a lane, edited where it stands: Enter or leaving keeps it, Escape does not.
import { type JSX, onMount } from 'solid-js';

export interface LaneFieldProps {
  readonly label: string;
  readonly value: string;
  /** CSS pixels from the left edge of the lane. */
  readonly x: number;
  /** Tells whether the words could be taken. */
  readonly onCommit: (typed: string) => boolean;
  readonly onClose: () => void;
}

export function LaneField(props: LaneFieldProps): JSX.Element {
  let input: HTMLInputElement | undefined;
  let open = true;
  const close = (): void => {
    if (!open) return;
    open = false;
    props.onClose();
  };
  const commit = (): boolean => {
    const typed = input?.value.trim() ?? '';
    return typed === '' || typed === props.value || props.onCommit(typed);
  };
  const pressKey = (event: KeyboardEvent): void => {
    event.stopPropagation();
    if (event.key === 'Escape') close();
    else if (event.key !== 'Enter') return;
    else if (commit()) close();
    else input?.setAttribute('aria-invalid', 'true');
  };
  onMount(() => {
    input?.focus();
    input?.select();
  });
  return (
    <input
      ref={(element) => {
        input = element;
      }}
      type="text"
      class="lane-field"
      aria-label={props.label}
      title={props.label}
      maxLength={200}
      autocomplete="off"
      spellcheck={false}
      style={{ transform: `translateX(${Math.max(0, props.x)}px)` }}
      value={props.value}
      onPointerDown={(event) => event.stopPropagation()}
      onInput={(event) => event.currentTarget.removeAttribute('aria-invalid')}
      onKeyDown={pressKey}
      onBlur={() => {
        if (!open) return;
        commit();
        close();
      }}
    />
  );
}
