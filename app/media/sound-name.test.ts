// Names of sounds from names of files.
import { expect, test } from 'vitest';
import { soundName } from './sound-name.ts';

test.each([
  ['a.b.wav', 'a.b'],
  ['.wav', '.wav'],
  ['no extension', 'no extension'],
])('%j becomes %j', (fileName, name) => {
  expect(soundName(fileName)).toBe(name);
});

test('names longer than 200 are cut, and never through a character', () => {
  expect(soundName(`${'x'.repeat(250)}.wav`)).toBe('x'.repeat(200));
  expect(soundName(`x${'🎸'.repeat(150)}.wav`)).toBe(`x${'🎸'.repeat(99)}`);
});
