// A choice of a few, side by side; arrows move it as in any group of radio buttons.
import { createUniqueId, For, type JSX } from 'solid-js';

export interface SegmentedProps<Value extends string> {
  readonly label: string;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly value: Value | undefined;
  readonly onChange: (value: Value) => void;
}

export function Segmented<Value extends string>(props: SegmentedProps<Value>): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class="segmented">
      <legend class="segmented-label">{props.label}</legend>
      <div class="segmented-options">
        <For each={props.options}>
          {(option) => (
            <label class="segmented-option">
              <input
                type="radio"
                class="visually-hidden"
                name={name}
                checked={option.value === props.value}
                onChange={() => props.onChange(option.value)}
              />
              <span>{option.label}</span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  );
}
