// The words of the tabs of timelines, in German.
import type { timelinesEn } from './timelines.en.ts';

export const timelinesDe: Readonly<Record<keyof typeof timelinesEn, string>> = {
  'timelines.title': 'Zeitachsen',
  'timelines.name': 'Zeitachse {{ number }}',
  'timelines.add': 'Zeitachse hinzufügen',
  'timelines.remove': 'Die Zeitachse „{{ name }}“ entfernen',
  'timelines.rename': 'Name der Zeitachse',
  'timelines.hint': 'Doppelklick benennt sie um',
  'timelines.playing': 'spielt',
  'timelines.way': 'Weg in verschachtelte Zeitachsen',
  'timelines.next': 'Nächste Zeitachse zeigen',
  'timelines.previous': 'Vorige Zeitachse zeigen',
  'timelines.out': 'Aus der verschachtelten Zeitachse hinaus',
};
