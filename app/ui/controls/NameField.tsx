// A name that is edited where it stands: Enter or leaving keeps it, Escape gives the old one back.
import type { JSX } from 'solid-js';

export interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly placeholder?: string | undefined;
  readonly class?: string;
  readonly onCommit: (name: string) => void;
}

export function NameField(props: NameFieldProps): JSX.Element {
  const commit = (input: HTMLInputElement): void => {
    const name = input.value.trim();
    if (name !== '' && name !== props.value) props.onCommit(name);
    else input.value = props.value;
  };
  return (
    <input
      type="text"
      class="name-field"
      classList={{ [props.class ?? '']: props.class !== undefined }}
      aria-label={props.label}
      title={props.label}
      autocomplete="off"
      spellcheck={false}
      maxLength={200}
      placeholder={props.placeholder}
      value={props.value}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Escape') event.currentTarget.value = props.value;
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      onBlur={(event) => commit(event.currentTarget)}
    />
  );
}
