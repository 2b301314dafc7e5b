// The words of the page, in French.
import type { Dictionary } from '../text.ts';
import { timelineFr } from './timeline.fr.ts';

export const fr: Dictionary = { ...timelineFr };
