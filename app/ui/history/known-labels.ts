// Watches the history from the page's start on, so that the panel can name steps made before it was opened.
import { createEffect, createSignal } from 'solid-js';
import type { AtomeClient } from '../client.ts';
import { type KnownLabels, rememberLabels } from './history-list.ts';

const [known, setKnown] = createSignal<KnownLabels>(new Map());

export const knownLabels = known;

/** Call it once, inside the component that lives as long as the page. */
export function watchHistory(client: AtomeClient): void {
  createEffect(() => {
    const history = { ...client.state.history };
    setKnown((labels) => rememberLabels(labels, history));
  });
}
