// Small choices of this person in this browser; they are lost without harm where storage is refused.

export type PreferenceName =
  | 'language'
  | 'theme'
  | 'shortcuts'
  | 'panels'
  | 'snap'
  | 'snapTo'
  | 'ripple'
  | 'follow'
  | 'scrub'
  | 'laneHeight'
  | 'lanes'
  | 'view'
  | 'metronome'
  | 'videoPanel'
  | 'widgetPanel';

const keyOf = (name: PreferenceName): string => `atome.${name}`;

export function readPreference(name: PreferenceName): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writePreference(name: PreferenceName, value: string): void {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // Private windows may refuse; the choice then lasts as long as the page.
  }
}
