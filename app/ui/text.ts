// The words of the page in the person's language; English is built in, the others load when chosen.
import { resolveTemplate } from '@solid-primitives/i18n';
import { createSignal } from 'solid-js';
import { type ErrorName, errorCatalogue } from '../protocol/errors.ts';
import { readPreference, writePreference } from './preferences.ts';
import { en } from './text/en.ts';
import { stepsEn } from './text/steps.en.ts';

export type MessageKey = keyof typeof en;

/** What a language holds besides English, in which the program itself speaks. */
export interface Translation {
  readonly words: Readonly<Record<MessageKey, string>>;
  readonly errors: Readonly<Record<ErrorName, string>>;
  /** Steps of the history, by their English names; those with a name of their own are shown as they are. */
  readonly steps: Readonly<Record<string, string>>;
}

export const languages = ['en', 'de', 'fr'] as const;
export type Language = (typeof languages)[number];

const loaders: Readonly<Record<Language, () => Promise<Translation | undefined>>> = {
  en: async () => undefined,
  de: async () => (await import('./text/de.ts')).de,
  fr: async () => (await import('./text/fr.ts')).fr,
};

interface Spoken {
  readonly language: Language;
  /** undefined is English. */
  readonly translation: Translation | undefined;
}

const [current, setCurrent] = createSignal<Spoken>({ language: 'en', translation: undefined });

const isLanguage = (value: string): value is Language => (languages as readonly string[]).includes(value);

/** The language that the page speaks now; reactive. */
export const language = (): Language => current().language;

/** In which dates are written: the person's own country's where they speak the page's language; reactive. */
export const dateLocale = (): string =>
  navigator.languages.find((tag) => tag.split('-')[0] === language()) ?? language();

/** The words of `key`, with `{{ name }}` replaced by the argument of that name; reactive. */
export const text = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string =>
  resolveTemplate((current().translation?.words ?? en)[key], { ...values });

/** The name under which the history keeps a step that does what `key` says, whatever language is spoken. */
export const stepName = (key: MessageKey): string => en[key];

const keysByName = new Map(Object.entries(en).map(([key, words]) => [words as string, key as MessageKey]));

/** The name of a step of the history in the page's language; reactive. */
export function stepText(name: string): string {
  const { translation } = current();
  const key = keysByName.get(name);
  return translation?.steps[name] ?? (key && translation?.words[key]) ?? stepsEn[name] ?? name;
}

const errorNames = new Map(
  Object.entries(errorCatalogue).map(([name, { code }]) => [code as number, name as ErrorName]),
);

/** What was said about the error of that code, its sentence from the catalogue in the page's language; reactive. */
export function errorText(said: string, code: number): string {
  const name = errorNames.get(code);
  const translated = name && current().translation?.errors[name];
  return name && translated ? said.replace(errorCatalogue[name].text, translated) : said;
}

/** The name of an object's property, as people would say it; reactive. */
export function propertyText(property: string): string {
  const key = `property.${property}`;
  return Object.hasOwn(en, key) ? text(key as MessageKey) : property.replaceAll('_', ' ');
}

async function speak(chosen: Language): Promise<void> {
  const translation = await loaders[chosen]();
  document.documentElement.lang = chosen;
  setCurrent({ language: chosen, translation });
}

/** Loads and shows a language, and remembers it. */
export async function setLanguage(chosen: Language): Promise<void> {
  writePreference('language', chosen);
  await speak(chosen);
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
  if (chosen && chosen !== 'en') await speak(chosen);
}
