// Dark unless the person chooses light, or what the system asks for.
import { createSignal } from 'solid-js';
import { readPreference, writePreference } from './preferences.ts';

export const themes = ['dark', 'light', 'system'] as const;
export type Theme = (typeof themes)[number];

const isTheme = (value: string | undefined): value is Theme => themes.some((theme) => theme === value);

const stored = readPreference('theme');
const [theme, storeTheme] = createSignal<Theme>(isTheme(stored) ? stored : 'dark');
const [shown, setShown] = createSignal<'dark' | 'light'>('dark');

const systemLight = matchMedia('(prefers-color-scheme: light)');

function apply(): void {
  const chosen = theme();
  const next = chosen === 'system' ? (systemLight.matches ? 'light' : 'dark') : chosen;
  document.documentElement.setAttribute('data-theme', next);
  setShown(next);
}

systemLight.addEventListener('change', apply);
apply();

export { theme };

/** What is on the screen now; reactive, so that canvases repaint with the new colours. */
export const shownTheme = shown;

export function setTheme(chosen: Theme): void {
  storeTheme(chosen);
  writePreference('theme', chosen);
  apply();
}
