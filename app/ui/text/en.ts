// The words of the page, in English: plain, one name for each thing.
import { timelineEn } from './timeline.en.ts';

export const en = { ...timelineEn } as const;
