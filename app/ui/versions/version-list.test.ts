// Versions as a list: order, repeats, and values in words.
import { expect, test } from 'vitest';
import type { PropertyVersion } from '../../protocol/state.ts';
import { editableProperties, valueText, versionEntries } from './version-list.ts';

const version = (wall: number, value: unknown, absent = false): PropertyVersion => ({
  objectId: 'o',
  property: 'gain',
  value,
  absent,
  time: { wall, counter: 0 },
  device: 'd',
  author: 'a',
  transactionId: `t${wall}`,
  parent: null,
});

test('the newest value is first and current; repeats of a value are one entry', () => {
  const entries = versionEntries([
    version(1, 1),
    version(2, 0.5),
    version(3, 0.5),
    version(4, 1),
    version(5, null, true),
  ]);
  expect(entries.map(({ value, time, absent, current }) => [value, time, absent, current])).toEqual([
    [null, 5, true, true],
    [1, 4, false, false],
    [0.5, 2, false, false],
    [1, 1, false, false],
  ]);
  expect(new Set(entries.map(({ key }) => key)).size).toBe(4);
  expect(versionEntries([])).toEqual([]);
});

test('values are said as people say them', () => {
  const nameOf = (id: string): string | undefined => (id === 'lane-1' ? 'Drums' : undefined);
  expect(valueText('gain', 1, nameOf)).toBe('0.0 dB');
  expect(valueText('play_position', 1 / 3, nameOf)).toBe('0.3333');
  expect(valueText('group_id', 'lane-1', nameOf)).toBe('Drums');
  expect(valueText('name', 'Take 1', nameOf)).toBe('Take 1');
  expect(valueText('group_id', null, nameOf)).toBe('–');
  expect(valueText('muted', true, nameOf)).toBe('✓');
  expect(
    valueText(
      'events',
      Array.from({ length: 99 }, (_, n) => n),
      nameOf,
    ),
  ).toHaveLength(80);
});

test('what places an object in its project is not offered', () => {
  expect(editableProperties({ id: 1, kind: 2, project_id: 3, timeline_id: 6, name: 4, gain: 5 })).toEqual([
    'name',
    'gain',
    'timeline_id',
  ]);
});
