// The button that helps with an error whose sentence says to reload the page or to take the sound over.
import { type ErrorName, errorCatalogue } from '../../protocol/errors.ts';
import type { AtomeClient, Notice } from '../client.ts';
import { text } from '../text.ts';

const reloading: readonly ErrorName[] = [
  'ERR_NOT_ISOLATED',
  'ERR_WORKER',
  'ERR_STORAGE_READ',
  'ERR_ENGINE_START',
  'ERR_EXPORT',
  'ERR_NEWER_PROGRAM',
  'ERR_DATABASE_BROKEN',
];
const codes = new Set<number>(reloading.map((name) => errorCatalogue[name].code));

/** Reactive to the language. */
export function remedyFor({ code }: Notice, client: Pick<AtomeClient, 'takeOver'>): Notice['action'] {
  if (code === errorCatalogue.ERR_SOUND_ELSEWHERE.code) {
    return { label: text('otherTab.takeOver'), run: () => client.takeOver() };
  }
  return code !== undefined && codes.has(code)
    ? { label: text('crash.reload'), run: () => location.reload() }
    : undefined;
}
