// The list of steps as it grows, shrinks and grows again.
import { expect, it } from 'vitest';
import { historySteps, type KnownLabels, rememberLabels } from './history-list.ts';

const at = (undoDepth: number, undoLabel: string | null, redoDepth = 0, redoLabel: string | null = null) => ({
  undoDepth,
  undoLabel,
  redoDepth,
  redoLabel,
});

it('names the steps it has seen and marks what is undone', () => {
  let known: KnownLabels = new Map();
  for (const history of [
    at(1, 'Add clip'),
    at(2, 'Move clip'),
    at(3, 'Split clip'),
    at(2, 'Move clip', 1, 'Split clip'),
  ]) {
    known = rememberLabels(known, history);
  }
  expect(historySteps(known, at(2, 'Move clip', 1, 'Split clip'))).toEqual([
    { depth: 3, label: 'Split clip', undone: true },
    { depth: 2, label: 'Move clip', undone: false },
    { depth: 1, label: 'Add clip', undone: false },
  ]);
});

it('forgets the undone steps that a new one replaced', () => {
  let known = rememberLabels(new Map(), at(2, 'Move clip', 2, 'Split clip'));
  known = rememberLabels(known, at(3, 'Delete clip'));
  expect(historySteps(known, at(3, 'Delete clip')).map((step) => step.label)).toEqual([
    'Delete clip',
    'Move clip',
    undefined,
  ]);
});
