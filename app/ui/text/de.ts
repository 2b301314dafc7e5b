// The words of the page, in German.
import type { Dictionary } from '../text.ts';
import { timelineDe } from './timeline.de.ts';

export const de: Dictionary = { ...timelineDe };
