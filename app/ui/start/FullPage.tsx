// A page that has one thing to say: shown instead of everything else.
import { type JSX, onMount } from 'solid-js';
import '../styles/index.css';
import { startLanguage } from '../text.ts';
import '../theme.ts';
import { WavePicture } from './WavePicture.tsx';

export interface FullPageProps {
  readonly title: string;
  readonly sentence: string;
  readonly detail?: string | undefined;
  readonly children?: JSX.Element;
}

export function FullPage(props: FullPageProps): JSX.Element {
  onMount(() => void startLanguage());
  return (
    <main class="full-page">
      <WavePicture />
      <h1 class="empty-title">{props.title}</h1>
      <p class="empty-text">{props.sentence}</p>
      <div class="empty-choices">{props.children}</div>
      <p class="empty-small">{props.detail}</p>
    </main>
  );
}
