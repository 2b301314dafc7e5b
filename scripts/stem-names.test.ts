// File names of lanes: readable, safe and never twice the same.
import { describe, expect, it } from 'vitest';
import { stemNames } from './stem-names.ts';

const namesOf = (...names: string[]): string[] => [
  ...stemNames(names.map((name, index) => ({ id: String(index), name }))).values(),
];

describe('names of stems', () => {
  it('are those of the lanes', () => {
    expect([...stemNames([{ id: 'a', name: 'Kick' }])]).toEqual([['a', 'Kick']]);
    expect(namesOf('Gitarre, links', '声')).toEqual(['Gitarre, links', '声']);
  });

  it('are never the same, whatever the case', () => {
    expect(namesOf('Bass', 'bass', 'Bass 2', 'Bass', 'ungrouped')).toEqual([
      'Bass',
      'bass 2',
      'Bass 2 2',
      'Bass 3',
      'ungrouped 2',
    ]);
  });

  it('stay in their folder and on any disk', () => {
    expect(namesOf('../../etc/passwd', 'a:b*c?"<>|d', '  ...  ', '', 'x\u0000y\n')).toEqual([
      'etc passwd',
      'a b c d',
      'Lane',
      'Lane 2',
      'x y',
    ]);
    expect(namesOf('n'.repeat(300))).toEqual(['n'.repeat(100)]);
  });
});
