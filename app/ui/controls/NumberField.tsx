// A number in a row of a form: drag its name, use arrows or the wheel, or type it with its unit.
import { createUniqueId, type JSX } from 'solid-js';
import type { ValueScale } from './scales.ts';
import { createValueGesture } from './value-gesture.ts';

export interface NumberFieldProps {
  readonly label: string;
  readonly scale: ValueScale;
  readonly value: number;
  /** Shown instead of the value where several selected things differ. */
  readonly mixed?: string | undefined;
  readonly onCommit: (value: number) => void;
  /** Hears every value on the way. */
  readonly onMove?: (value: number) => void;
  /** Whatever was under way is over. */
  readonly onEnd?: () => void;
  /** Whatever was under way is given up, for the value before. */
  readonly onCancel?: (before: number) => void;
}

export function NumberField(props: NumberFieldProps): JSX.Element {
  const id = createUniqueId();
  let input: HTMLInputElement | undefined;
  const gesture = createValueGesture({
    scale: () => props.scale,
    value: () => props.value,
    commit: (value) => props.onCommit(value),
    follow: (value) => props.onMove?.(value),
    ended: () => props.onEnd?.(),
    cancelled: (before) => props.onCancel?.(before),
    drag: 'steps',
  });
  const words = (): string =>
    props.mixed !== undefined && !gesture.active() ? props.mixed : props.scale.print(gesture.shown());
  const restore = (): void => {
    if (!input) return;
    input.value = words();
    input.removeAttribute('aria-invalid');
  };
  /** Tells whether it is a value; what is none stays to be mended. */
  const commitTyped = (): boolean => {
    if (!input || input.value === words()) return true;
    const isValue = gesture.type(input.value);
    if (isValue) restore();
    else input.setAttribute('aria-invalid', 'true');
    return isValue;
  };
  // Then the keys are the page's again.
  const leave = (): void => input?.blur();
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      if (commitTyped()) leave();
    } else if (event.key === 'Escape' && !gesture.active()) {
      restore();
      leave();
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown' || event.key.startsWith('Page'))
      gesture.keyDown(event);
    else event.stopPropagation();
  };

  return (
    <div class="number-field" data-active={gesture.active() ? '' : undefined}>
      <label
        class="number-field-label"
        for={id}
        onPointerDown={gesture.pointerDown}
        on:click={(event: MouseEvent) => gesture.dragged() && event.preventDefault()}
        onDblClick={gesture.reset}
      >
        {props.label}
      </label>
      <input
        id={id}
        ref={input}
        class="number-field-input"
        type="text"
        inputmode="decimal"
        autocomplete="off"
        role="spinbutton"
        aria-valuemin={props.scale.minimum}
        aria-valuemax={props.scale.maximum}
        aria-valuenow={gesture.shown()}
        aria-valuetext={words()}
        value={words()}
        on:wheel={{
          handleEvent: (event: WheelEvent) => {
            if (document.activeElement === event.currentTarget) gesture.wheel(event);
          },
          passive: false,
        }}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => event.currentTarget.removeAttribute('aria-invalid')}
        onKeyDown={keyDown}
        onKeyUp={gesture.keyUp}
        onBlur={() => {
          gesture.keyUp();
          if (!commitTyped()) restore();
        }}
      />
    </div>
  );
}
