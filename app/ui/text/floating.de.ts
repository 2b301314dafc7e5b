// Die Wörter der Fenster über der Seite, der Videos und Bedienelemente, auf Deutsch.
import type { floatingEn } from './floating.en.ts';

export const floatingDe: Readonly<Record<keyof typeof floatingEn, string>> = {
  'floating.move': 'Das Fenster „{{ name }}“ bewegen',
  'floating.moveHint': 'Ziehen oder mit den Pfeiltasten bewegen',
  'floating.close': 'Das Fenster „{{ name }}“ schließen',
  'floating.resize': 'Größe des Fensters „{{ name }}“',
  'floating.resizeHint': 'Ziehen oder mit den Pfeiltasten ändern',
  'video.title': 'Video',
  'video.nothing': 'Hier wird nichts gezeigt.',
  'page.video': 'Das Video zeigen',
  'widgets.title': 'Bedienelemente',
  'widgets.empty': 'Hier liegen Regler, Tasten und Flächen, die Ereignisse bewegen.',
  'widgets.add': 'Ein Bedienelement hinzufügen',
  'widgets.slider': 'Regler',
  'widgets.button': 'Taste',
  'widgets.toggle': 'Schalter',
  'widgets.xy': 'XY-Fläche',
  'widgets.macroTrigger': 'Auslöser',
  'widgets.name': 'Name des Bedienelements',
  'widgets.remove': 'Das Bedienelement „{{ name }}“ entfernen',
  'widgets.across': '{{ name }}, waagrecht',
  'widgets.up': '{{ name }}, senkrecht',
  'widgets.on': 'Ein',
  'widgets.off': 'Aus',
  'widgets.hidden': '{{ count }} verborgene zeigen',
  'page.widgets': 'Die Bedienelemente zeigen',
};
