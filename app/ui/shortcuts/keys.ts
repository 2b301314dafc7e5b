// Shortcuts in the notation of tinykeys ("$mod+Shift+KeyD"): read from an event, written for people.

const isApple = (platform: string): boolean => /mac|iphone|ipad/i.test(platform);

const appleSigns: Readonly<Record<string, string>> = { $mod: '⌘', Control: '⌃', Alt: '⌥', Shift: '⇧', Meta: '⌘' };
const otherNames: Readonly<Record<string, string>> = { $mod: 'Ctrl', Control: 'Ctrl', Meta: 'Win' };
const keyNames: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  Delete: 'Del',
  Backspace: '⌫',
  Escape: 'Esc',
  ' ': 'Space',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Minus: '−',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
};

const keyName = (key: string): string =>
  keyNames[key] ?? key.replace(/^(?:Key|Digit)(?=.$)/, '').replace(/^Numpad/, 'Num ');

/** "$mod+Shift+KeyD" is "Ctrl+Shift+D", or "⌘⇧D" on a Mac. */
export function printKeys(keys: string, platform = navigator.platform): string {
  const apple = isApple(platform);
  const parts = keys.split('+').map((part) => (apple ? appleSigns[part] : otherNames[part]) ?? part);
  const key = keyName(parts.pop() ?? '');
  return apple ? [...parts, key].join('') : [...parts, key].join('+');
}

const modifiers = new Set(['Control', 'Shift', 'Alt', 'Meta', 'CapsLock', 'AltGraph']);

/** The notation of a pressed combination; undefined while only modifiers are down. */
export function keysOfEvent(
  event: Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
  platform = navigator.platform,
): string | undefined {
  if (modifiers.has(event.key)) return undefined;
  const apple = isApple(platform);
  const parts: string[] = [];
  if (apple ? event.metaKey : event.ctrlKey) parts.push('$mod');
  if (apple ? event.ctrlKey : event.metaKey) parts.push(apple ? 'Control' : 'Meta');
  if (event.altKey) parts.push('Alt');
  if (event.shiftKey) parts.push('Shift');
  return [...parts, event.code === '' ? event.key : event.code].join('+');
}
