// Shown while another tab of this browser owns the sound and the session.
import type { JSX } from 'solid-js';
import { FullPage } from './start/FullPage.tsx';
import { text } from './text.ts';

export interface OtherTabProps {
  /** Asks the other tab to let go; the page goes on when it has. */
  readonly onTakeOver: () => void;
}

export function OtherTab(props: OtherTabProps): JSX.Element {
  return (
    <FullPage title={text('otherTab.title')} sentence={text('otherTab.sentence')}>
      <button type="button" class="button button-primary button-large" onClick={() => props.onTakeOver()}>
        {text('otherTab.takeOver')}
      </button>
    </FullPage>
  );
}
