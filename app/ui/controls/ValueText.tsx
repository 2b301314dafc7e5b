// A value that turns into a text field when it is clicked; what is typed is read with its unit.
import { createSignal, type JSX, Show } from 'solid-js';

export interface ValueTextProps {
  readonly label: string;
  readonly value: string;
  /** false: it was no value, the old one stays. */
  readonly onType: (typed: string) => boolean;
  readonly class?: string;
}

export function ValueText(props: ValueTextProps): JSX.Element {
  const [editing, setEditing] = createSignal(false);
  const [wrong, setWrong] = createSignal(false);
  let button: HTMLButtonElement | undefined;

  const close = (refocus: boolean): void => {
    setEditing(false);
    setWrong(false);
    if (refocus) button?.focus();
  };
  const keyDown = (event: KeyboardEvent & { currentTarget: HTMLInputElement }): void => {
    event.stopPropagation();
    if (event.key === 'Escape') close(true);
    if (event.key !== 'Enter') return;
    // Else the same press would press the button that has the focus again, and open the field anew.
    event.preventDefault();
    if (props.onType(event.currentTarget.value)) close(true);
    else setWrong(true);
  };

  return (
    <span class="value-text" classList={{ [props.class ?? '']: props.class !== undefined }}>
      <Show
        when={editing()}
        fallback={
          <button
            type="button"
            class="value-text-button"
            ref={button}
            aria-label={`${props.label}: ${props.value}`}
            onClick={() => setEditing(true)}
          >
            {props.value}
          </button>
        }
      >
        <input
          type="text"
          class="value-text-input"
          aria-label={props.label}
          aria-invalid={wrong()}
          value={props.value}
          ref={(input) => queueMicrotask(() => input.select())}
          onKeyDown={keyDown}
          onInput={() => setWrong(false)}
          onBlur={(event) => {
            if (!editing()) return;
            if (event.currentTarget.value !== props.value) props.onType(event.currentTarget.value);
            close(false);
          }}
        />
      </Show>
    </span>
  );
}
