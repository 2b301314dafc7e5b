// A field of many lines: leaving it keeps them. What is wrong with them is said below.
import './event-inspector.css';
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import type { ErrorReport } from '../../protocol/errors.ts';
import { errorText, text } from '../text.ts';

interface WritingProps {
  readonly label: string;
  readonly value: string;
  /** What is wrong with the value. */
  readonly wrong?: ErrorReport | undefined;
  /** Tells `false` when it could not be taken. */
  readonly onCommit: (typed: string) => unknown;
}

export function Writing(props: WritingProps): JSX.Element {
  const id = createUniqueId();
  const [isRefused, setRefused] = createSignal(false);
  return (
    <div class="event-writing">
      <label>
        <span>{props.label}</span>
        <textarea
          rows={8}
          spellcheck={false}
          value={props.value}
          aria-invalid={isRefused() || props.wrong !== undefined}
          aria-describedby={props.wrong && id}
          onKeyDown={(event) => event.stopPropagation()}
          onInput={() => setRefused(false)}
          onChange={(event) => setRefused(props.onCommit(event.currentTarget.value) === false)}
        />
      </label>
      <Show when={props.wrong}>
        {(wrong) => (
          <p id={id} class="event-wrong" role="alert">
            {errorText(wrong().msg, wrong().code)}
            <small class="toast-code">{text('notice.code', { code: wrong().code })}</small>
          </p>
        )}
      </Show>
    </div>
  );
}
