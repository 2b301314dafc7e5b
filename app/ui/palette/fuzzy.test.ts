// What the palette finds by a few letters.
import { expect, it } from 'vitest';
import { fuzzyFilter, fuzzyMatch } from './fuzzy.ts';

it('matches letters in order, whatever their case and the spaces between them', () => {
  expect(fuzzyMatch('SP', 'Split at the playhead')?.positions).toEqual([0, 1]);
  expect(fuzzyMatch('z f', 'Zoom to fit')?.positions).toEqual([0, 8]);
});

it('finds nothing when a letter is missing or out of order', () => {
  expect(fuzzyMatch('xyz', 'Split')).toBeUndefined();
  expect(fuzzyMatch('ps', 'sp')).toBeUndefined();
});

it('puts starts of words before letters inside them', () => {
  const items = ['Show the whole project', 'Export the mix', 'Paste at the playhead', 'Play or pause'];
  expect(fuzzyFilter('pp', items, (item) => item)).toEqual(['Play or pause', 'Paste at the playhead']);
});

it('keeps everything in order while nothing is typed', () => {
  expect(fuzzyFilter('', ['b', 'a'], (item) => item)).toEqual(['b', 'a']);
});
