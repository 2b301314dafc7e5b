// Shown when the program cannot start at all: why, and what the person can do about it.
import type { JSX } from 'solid-js';
import type { ErrorReport } from '../../protocol/errors.ts';
import { errorText, text } from '../text.ts';
import { FullPage } from './FullPage.tsx';

export function StartFailure(props: { readonly error: ErrorReport }): JSX.Element {
  return (
    <FullPage
      title={text('start.failed')}
      sentence={errorText(props.error.msg, props.error.code)}
      detail={text('notice.code', { code: props.error.code })}
    >
      <button type="button" class="button button-primary button-large" onClick={() => location.reload()}>
        {text('crash.reload')}
      </button>
    </FullPage>
  );
}
