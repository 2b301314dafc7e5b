// The twelve clip colours; arrows move the choice as in any group of radio buttons.
import { createUniqueId, For, type JSX } from 'solid-js';
import { text } from '../text.ts';

const hues = Array.from({ length: 12 }, (_, index) => index);

export interface ColorChoiceProps {
  /** undefined where the selected clips differ. */
  readonly value: number | undefined;
  readonly onChange: (color: number) => void;
}

export function ColorChoice(props: ColorChoiceProps): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class="color-choice">
      <legend class="visually-hidden">{text('inspector.color')}</legend>
      <For each={hues}>
        {(hue) => (
          <label
            class="color-swatch"
            style={{ '--swatch': `var(--clip-${hue})` }}
            title={text('inspector.colorNumber', { number: hue + 1 })}
          >
            <input
              type="radio"
              class="visually-hidden"
              name={name}
              aria-label={text('inspector.colorNumber', { number: hue + 1 })}
              checked={hue === props.value}
              onChange={() => props.onChange(hue)}
            />
            <span />
          </label>
        )}
      </For>
    </fieldset>
  );
}
