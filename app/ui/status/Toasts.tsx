// What the page has to tell, at the lower left: a sentence, a button that helps, and the code in small print.
import X from 'lucide-solid/icons/x';
import { For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { type Notice, useClient } from '../client.ts';
import { IconButton } from '../controls/IconButton.tsx';
import { errorText, text } from '../text.ts';
import { remedyFor } from './remedies.ts';

/** Errors stay until they are dismissed. */
const shownFor: Readonly<Record<Notice['kind'], number | undefined>> = {
  info: 6000,
  warning: 12_000,
  error: undefined,
};

export function Toasts(): JSX.Element {
  const client = useClient();
  return (
    <section class="toasts" aria-label={text('notice.title')} aria-live="polite">
      <For each={client.notices()}>{(notice) => <Toast notice={notice} />}</For>
    </section>
  );
}

function Toast(props: { readonly notice: Notice }): JSX.Element {
  const client = useClient();
  let timer = 0;
  const hold = (): void => clearTimeout(timer);
  const release = (): void => {
    hold();
    const time = shownFor[props.notice.kind];
    if (time !== undefined) timer = window.setTimeout(() => client.dismiss(props.notice.id), time);
  };
  onMount(release);
  onCleanup(hold);
  return (
    <div
      class="toast"
      data-kind={props.notice.kind}
      role={props.notice.kind === 'error' ? 'alert' : 'status'}
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocusIn={hold}
      onFocusOut={release}
    >
      <p class="toast-text">
        {props.notice.code === undefined ? props.notice.text : errorText(props.notice.text, props.notice.code)}
        <Show when={props.notice.code !== undefined}>
          <small class="toast-code">{text('notice.code', { code: props.notice.code ?? 0 })}</small>
        </Show>
      </p>
      <Show when={props.notice.action ?? remedyFor(props.notice, client)}>
        {(action) => (
          <button
            type="button"
            class="button"
            onClick={() => {
              action().run();
              client.dismiss(props.notice.id);
            }}
          >
            {action().label}
          </button>
        )}
      </Show>
      <IconButton label={text('notice.dismiss')} onClick={() => client.dismiss(props.notice.id)}>
        <X size={14} />
      </IconButton>
    </div>
  );
}
