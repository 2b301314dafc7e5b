// Shortcuts from events to the notation and to words.
import { expect, it } from 'vitest';
import { keysOfEvent, printKeys } from './keys.ts';

const press = (key: string, code: string, held: readonly ('ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey')[] = []) => ({
  key,
  code,
  ctrlKey: held.includes('ctrlKey'),
  metaKey: held.includes('metaKey'),
  altKey: held.includes('altKey'),
  shiftKey: held.includes('shiftKey'),
});

it('writes shortcuts as each platform does', () => {
  expect(printKeys('$mod+Shift+KeyD', 'Linux x86_64')).toBe('Ctrl+Shift+D');
  expect(printKeys('$mod+Shift+KeyD', 'MacIntel')).toBe('⌘⇧D');
  expect(printKeys('Space', 'Win32')).toBe('Space');
  expect(printKeys('Alt+ArrowLeft', 'Win32')).toBe('Alt+←');
});

it('reads what was pressed', () => {
  expect(keysOfEvent(press('d', 'KeyD', ['ctrlKey']), 'Win32')).toBe('$mod+KeyD');
  expect(keysOfEvent(press('d', 'KeyD', ['metaKey', 'shiftKey']), 'MacIntel')).toBe('$mod+Shift+KeyD');
  expect(keysOfEvent(press('Shift', 'ShiftLeft', ['shiftKey']), 'Win32')).toBeUndefined();
});
