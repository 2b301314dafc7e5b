// The words of the page in the person's language; English is built in, the others load when chosen.
import { resolveTemplate } from '@solid-primitives/i18n';
import { createSignal } from 'solid-js';
import { readPreference, writePreference } from './preferences.ts';
import { en } from './text/en.ts';

export type MessageKey = keyof typeof en;
export type Dictionary = Readonly<Record<MessageKey, string>>;

export const languages = ['en', 'de', 'fr'] as const;
export type Language = (typeof languages)[number];

const loaders: Record<Language, () => Promise<Dictionary>> = {
  en: async () => en,
  de: async () => (await import('./text/de.ts')).de,
  fr: async () => (await import('./text/fr.ts')).fr,
};

const [current, setCurrent] = createSignal<{ language: Language; dictionary: Dictionary }>({
  language: 'en',
  dictionary: en,
});

const isLanguage = (value: string): value is Language => (languages as readonly string[]).includes(value);

/** The language that the page speaks now; reactive. */
export const language = (): Language => current().language;

/** The words of `key`, with `{{ name }}` replaced by the argument of that name; reactive. */
export const text = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string =>
  resolveTemplate(current().dictionary[key], { ...values });

/** Loads and shows a language, and remembers it. */
export async function setLanguage(chosen: Language): Promise<void> {
  writePreference('language', chosen);
  const dictionary = await loaders[chosen]();
  document.documentElement.lang = chosen;
  setCurrent({ language: chosen, dictionary });
}

let started: Promise<void> | undefined;

/** Once per page: shows the remembered language, else the first of the browser's languages that the page speaks. */
export function startLanguage(): Promise<void> {
  started ??= showPreferredLanguage();
  return started;
}

async function showPreferredLanguage(): Promise<void> {
  const wanted = [readPreference('language') ?? '', ...navigator.languages];
  const chosen = wanted.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage);
  if (!chosen || chosen === 'en') return;
  const dictionary = await loaders[chosen]();
  document.documentElement.lang = chosen;
  setCurrent({ language: chosen, dictionary });
}
