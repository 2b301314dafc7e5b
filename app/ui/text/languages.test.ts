// Every language says everything, with the same places for names and numbers.
import { describe, expect, it } from 'vitest';
import { gestureSteps } from '../../editor/edits.ts';
import { errorCatalogue } from '../../protocol/errors.ts';
import { de } from './de.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';
import { stepsEn } from './steps.en.ts';

const places = (words: string): string[] =>
  [...words.matchAll(/\{\{ (\w+) \}\}/g)].map(([, name]) => name ?? '').sort();
const keys = Object.keys(en) as (keyof typeof en)[];

describe.each([
  ['German', de],
  ['French', fr],
])('%s', (_name, translation) => {
  it('has the words of every key, and no others', () => {
    expect(Object.keys(translation.words).sort()).toEqual([...keys].sort());
    expect(keys.filter((key) => translation.words[key].trim() === '')).toEqual([]);
  });

  it('keeps the places for names and numbers', () => {
    expect(keys.filter((key) => places(translation.words[key]).join() !== places(en[key]).join())).toEqual([]);
  });

  it('names every step of gestures and of single changes', () => {
    expect(
      [...Object.values(gestureSteps), ...Object.keys(stepsEn)].filter((name) => translation.steps[name] === undefined),
    ).toEqual([]);
  });

  it('has a sentence for every error', () => {
    expect(Object.keys(translation.errors).sort()).toEqual(Object.keys(errorCatalogue).sort());
  });
});
