// The button that helps with an error whose sentence says to reload the page.
import { type ErrorName, errorCatalogue } from '../../protocol/errors.ts';
import type { Notice } from '../client.ts';
import { text } from '../text.ts';

const reloading: readonly ErrorName[] = ['ERR_NOT_ISOLATED', 'ERR_WORKER', 'ERR_STORAGE_READ', 'ERR_ENGINE_START'];
const codes = new Set<number>(reloading.map((name) => errorCatalogue[name].code));

/** Reactive to the language. */
export const remedyFor = ({ code }: Notice): Notice['action'] =>
  code !== undefined && codes.has(code) ? { label: text('crash.reload'), run: () => location.reload() } : undefined;
