// Shown when a view failed in a way nobody foresaw; the session and the sound live on in their own threads.
import type { JSX } from 'solid-js';
import { text } from '../text.ts';
import { FullPage } from './FullPage.tsx';

export interface CrashScreenProps {
  readonly error: unknown;
  readonly onRetry: () => void;
}

export function CrashScreen(props: CrashScreenProps): JSX.Element {
  const detail = (): string => (props.error instanceof Error ? props.error.message : String(props.error));
  return (
    <FullPage title={text('crash.title')} sentence={text('crash.sentence')} detail={detail()}>
      <button type="button" class="button button-primary button-large" onClick={() => props.onRetry()}>
        {text('crash.retry')}
      </button>
      <button type="button" class="button button-large" onClick={() => location.reload()}>
        {text('crash.reload')}
      </button>
    </FullPage>
  );
}
