// A modal dialog on the browser's own: it keeps the focus, closes by Escape, by its button or by a press outside.
import X from 'lucide-solid/icons/x';
import { createUniqueId, type JSX, onMount } from 'solid-js';
import { IconButton } from '../controls/IconButton.tsx';
import { closeDialog, dialog } from '../layout.ts';
import { text } from '../text.ts';

export interface DialogProps {
  readonly title: string;
  readonly class?: string;
  readonly children: JSX.Element;
}

export function Dialog(props: DialogProps): JSX.Element {
  const id = createUniqueId();
  const name = dialog();
  let element: HTMLDialogElement | undefined;
  onMount(() => {
    element?.showModal();
    // Without a field that asks for it, the focus begins at the dialog, not at its closing button.
    if (!element?.querySelector('[autofocus]')) element?.focus();
  });
  return (
    <dialog
      ref={element}
      class="dialog"
      classList={{ [props.class ?? '']: props.class !== undefined }}
      tabIndex={-1}
      aria-labelledby={id}
      // The browser tells it a moment later, when the next dialog may have been asked for.
      onClose={() => dialog() === name && closeDialog()}
      onPointerDown={(event) => event.target === element && element?.close()}
    >
      <div class="dialog-frame">
        <header class="dialog-header">
          <h2 id={id}>{props.title}</h2>
          <IconButton label={text('dialog.close')} onClick={() => element?.close()}>
            <X size={16} />
          </IconButton>
        </header>
        <div class="dialog-body">{props.children}</div>
      </div>
    </dialog>
  );
}
