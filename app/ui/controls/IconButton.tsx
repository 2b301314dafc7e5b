// A button that is an icon; its name is read aloud and shown on hover, with its shortcut.
import type { JSX } from 'solid-js';

export interface IconButtonProps {
  readonly label: string;
  /** As people write it: "Ctrl+Z". */
  readonly keys?: string | undefined;
  /** Makes it a toggle. */
  readonly pressed?: boolean | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string;
  readonly onClick: () => void;
  readonly children: JSX.Element;
}

export function IconButton(props: IconButtonProps): JSX.Element {
  return (
    <button
      type="button"
      class="icon-button"
      classList={{ [props.class ?? '']: props.class !== undefined }}
      aria-label={props.label}
      title={props.keys ? `${props.label} (${props.keys})` : props.label}
      aria-pressed={props.pressed}
      disabled={props.disabled}
      onClick={() => props.onClick()}
    >
      {props.children}
    </button>
  );
}
